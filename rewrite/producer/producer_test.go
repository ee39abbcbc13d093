package producer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const script = `function start-proxy {
  local params="--v=9 --a='no'"
}
start-apiserver() {
  local src="x"
  params="${LEVEL:-"--v=2"} --b=$(cat 'file')"
  params+=" --c=1"
  params+=" --runtime-config='*,-foo'"
  params+=" --d=\"x y\""
  params+=' --e="x"'
  other="'"
  params+=" --f=1 \
    --g='x y'"
  params+=" --h=1
    --i=2"
  sed -i -e "s@{{ *params *}}@${params}@g" \
    -e 's@{{extra}}@'"${extra}"'@' "${src}"
}
`

// TestFile asserts the lines of a script: where a placeholder is filled, and
// which assignments in that function put shell quotes into its value.
func TestFile(t *testing.T) {
	got := New([]Placeholder{{"{{params}}", "params"}, {"{{extra}}", "extra"}, {"{{params}}", "params"}}).File("fill.sh", []byte(script))
	want := map[string]Found{
		"{{params}}": {
			Producers: []Line{{"fill.sh", 16, `sed -i -e "s@{{ *params *}}@${params}@g" \`, false}},
			Quoted: []Line{
				{"fill.sh", 8, `params+=" --runtime-config='*,-foo'"`, false},
				{"fill.sh", 9, `params+=" --d=\"x y\""`, false},
				{"fill.sh", 10, `params+=' --e="x"'`, false},
				{"fill.sh", 12, `params+=" --f=1 \`, false},
			},
		},
		"{{extra}}": {Producers: []Line{{"fill.sh", 17, `-e 's@{{extra}}@'"${extra}"'@' "${src}"`, false}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestQuoted asserts which single producers show shell quotes in the value.
func TestQuoted(t *testing.T) {
	for _, test := range []struct {
		placeholder Placeholder
		file, text  string
		want        bool
	}{
		{params, "fill.sh", `sed -e "s@{{params}}@--x='a b'@"`, true},
		{params, "fill.sh", `sed -e "s@{{params}}@--x=\"a b\"@"`, true},
		{params, "fill.sh", `sed -e "s@{{params}}@--x=ab@"`, false},
		{params, "fill.sh", `sed -e 's@{{params}}@'"$x"'@'`, false},
		{params, "fill.sh", `sed -e "s@{{params}}@$(cat 'x')@"`, false},
		{pillars, "fill.sh", `sed -e "s@{{pillar\['x_args'\]}}@${x}@g"`, false},
		{params, "fill.py", `text.replace("{{params}}", "--x='a b'")`, true},
		{params, "fill.py", `text.replace("{{params}}", "--x=a")`, false},
		{pillars, "x.sls", `x_args: '--x="a"'`, true},
		{pillars, "x.sls", `x_args: --x='a'`, true},
		{pillars, "x.sls", `x_args: '--x=a'`, false},
		{pillars, "x.sls", `x_args:`, false},
	} {
		found := New([]Placeholder{test.placeholder}).File(test.file, []byte(test.text))[test.placeholder.Text]
		if len(found.Producers) != 1 {
			t.Errorf("%s: %d producers", test.text, len(found.Producers))
		}
		if got := len(found.Quoted) > 0; got != test.want {
			t.Errorf("%s: quotes in the value: %v", test.text, got)
		}
	}
}

// TestPassedOver asserts that a binary file and overlong lines are passed over,
// and that a long line is shown cut.
func TestPassedOver(t *testing.T) {
	const fill = `sed -e "s@{{params}}@x@"`
	long := func(n int) string { return fill + strings.Repeat("x", n) }
	search := New([]Placeholder{params})
	for name, text := range map[string]string{"binary": "\x00" + fill, "overlong": long(lineLimit)} {
		if got := search.File(name, []byte(text)); len(got) > 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
	got := search.File("long", []byte(long(textLimit)))["{{params}}"].Producers
	if len(got) != 1 || len([]rune(got[0].Text)) != textLimit {
		t.Errorf("a long line: %v", got)
	}
}
