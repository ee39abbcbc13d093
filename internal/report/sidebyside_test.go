package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/source"
)

// show writes rows with [ ] around changed parts, and ~ for a missing line.
func show(rows []diffRow) string {
	side := func(parts []diffPart) string {
		if parts == nil {
			return "~"
		}
		var b strings.Builder
		for _, p := range parts {
			if p.Changed {
				b.WriteString("[" + p.Text + "]")
			} else {
				b.WriteString(p.Text)
			}
		}
		return b.String()
	}
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join([]string{string(rune('0' + r.Number)), side(r.Old), side(r.New)}, " | ") + "\n")
	}
	return b.String()
}

func TestSideBySide(t *testing.T) {
	const text = "a:\n  b: 1\n  - sh\n  - exec web --x\n  c: 2\n"
	at := func(s string) int { return strings.Index(text, s) }
	for _, tt := range []struct {
		name  string
		edits []edit.Edit
		want  string
	}{
		{"one line becomes two", []edit.Edit{{Start: at("exec"), End: at("web"), New: ""}, {Start: at(" --x"), End: at(" --x"), New: "\n  - --y\n  -"}},
			"3 |   - sh |   - sh\n4 |   - [exec ]web --x |   - web\n0 | ~ |   [- --y]\n0 | ~ |   [-] --x\n"},
		{"two lines become one", []edit.Edit{{Start: at("sh"), End: at("web"), New: ""}},
			"2 |   b: 1 |   b: 1\n3 |   - [sh] |   - web --x\n4 |   [- exec ]web --x | ~\n"},
		{"none", nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, show(sideBySide(source.New("x", []byte(text)), tt.edits))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestSideBySideLongLine asserts that only the part near the edit is shown of a very long
// line.
func TestSideBySideLongLine(t *testing.T) {
	text := strings.Repeat("é", 1<<19) + " sh " + strings.Repeat("日", 1<<18)
	start := strings.Index(text, "sh")
	rows := sideBySide(source.New("x", []byte(text)), []edit.Edit{{Start: start, End: start + 2, New: "web"}})
	got := show(rows)
	if !strings.Contains(got, "[sh]") || !strings.Contains(got, "[web]") || strings.Contains(got, "\ufffd") {
		t.Errorf("got %q", got)
	}
	if len(got) > 5*maxBeside {
		t.Errorf("%d bytes are shown", len(got))
	}
}

// TestSplit asserts that no byte is lost between the words.
func TestSplit(t *testing.T) {
	for _, s := range []string{"", "a", "a b", "[\"a\", 'b']\n\t--x=1", "日本 \xff\xfe,", "  "} {
		if got := strings.Join(splitWords(s), ""); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

// TestWordRune asserts that no word becomes a surrogate, and that each is found again.
func TestWordRune(t *testing.T) {
	for _, i := range []int{1, 0xd7ff, 0xd800, 0xdfff, 0xe000, 1 << 17} {
		r := wordRune(i)
		if string(r) == "\ufffd" || wordIndex(r) != i {
			t.Errorf("word %d is %U, which is word %d", i, r, wordIndex(r))
		}
	}
}
