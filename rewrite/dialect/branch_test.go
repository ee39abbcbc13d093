package dialect

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBranches(t *testing.T) {
	tests := []struct {
		name, text string   // the tags are looked for between the §
		want       []string // without blank lines and trailing blanks
	}{
		{"if and else", "{{ if a }}\n§- 1\n{{ else }}\n- 2\n§{{ end }}\n", []string{"- 1", "- 2"}},
		{"elif", "§{% if a %}\n- 1\n{% elif c %}\n- 2\n{% else %}\n- 3\n{% endif %}§\n", []string{"- 1", "- 2", "- 3"}},
		{"if alone", "§- 1\n{{ if a }}\n- 2\n{{ end }}\n- 3\n§", []string{"- 1\n- 2\n- 3", "- 1\n- 3"}},
		{"nested", "§{{ if a }}\n{{ if b }}\n- 1\n{{ else }}\n- 2\n{{ end }}\n{{ else }}\n- 3\n{{ end }}§", []string{"- 1", "- 2", "- 3"}},
		{"one behind the other", "§{{ if a }}\n- 1\n{{ else }}\n- 2\n{{ end }}\n{{ if b }}\n- 3\n{{ else }}\n- 4\n{{ end }}§", []string{
			"- 1\n- 3", "- 2\n- 3", "- 1\n- 4"}},
		{"elsewhere", "{{ if a }}\n- 1\n{{ else }}\n- 2\n{{ end }}\n§- 3§\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, rest, _ := strings.Cut(tt.text, "§")
			inside, after, _ := strings.Cut(rest, "§")
			var got []string
			m := New([]byte(before+inside+after), dialectsNamed(t))
			for _, hidden := range m.Conditions().Between(len(before), len(before+inside), 8).Hidden {
				got = append(got, withoutBlankLines(readableMask(m.Without(hidden))))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
