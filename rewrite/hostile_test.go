package rewrite_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"shellfree/rewrite"
	"shellfree/rewrite/edit"
)

// hostilePod is a manifest with one shell command that has a fix.
const hostilePod = "kind: Pod\nspec:\n  containers:\n  - name: web\n    command: [sh, -c, exec /web --port=80]\n"

// outcomeOf judges a text, makes its fixes and judges the new text: the fixes
// must apply, and a second run must find none. It returns the codes found.
func outcomeOf(t *testing.T, name string, text []byte) (codes string, after []byte) {
	t.Helper()
	e := engine(t, "auto")
	result := e.File(name, bytes.Clone(text))
	checkPlaces(t, text, result)
	after, err := edit.Apply(text, result.Edits(anyFinding))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var all []string
	for _, f := range result.Findings {
		all = append(all, f.Rule.Code)
	}
	for _, f := range e.File(name, after).Findings {
		if f.Fix != nil {
			t.Errorf("%s: a second run would change it again: %s", name, f.Message)
		}
	}
	return strings.Join(all, " "), after
}

// TestHostileText: what is no manifest at all is passed over, or said to be
// unreadable where it may hold a shell command.
func TestHostileText(t *testing.T) {
	pod := hostilePod
	deep := func(open, inner, closing string) string {
		return strings.Repeat(open, 100_000) + inner + strings.Repeat(closing, 100_000)
	}
	for _, c := range []struct{ name, text, want string }{
		{"flow lists", pod + "x: " + deep("[", "", "]"), "SF001"},
		{"flow maps", pod + "x: " + deep("{a: ", "", "}"), "SF001"},
		{"block lists", pod + "x:\n  " + deep("- ", "x", ""), "SF001"},
		{"block keys", pod + "x:\n  " + deep("? ", "x", ""), "SF001"},
		{"deep beside", pod + "---\n" + deep("[", "", "]"), "SF101"},
		{"aliases", "command: [sh]\nx: &x\n  a: b\n" + strings.Repeat("  k: v\n", 1100) + "containers:\n" + strings.Repeat("- *x\n", 1100), "SF001"},
		{"merges", "command: [sh]\nx: &x\n  a: b\n" + strings.Repeat("  k: v\n", 1100) + "spec:\n" + strings.Repeat("- <<: *x\n", 1100), "SF001"},
		{"lists of aliases", "x: &x\n" + strings.Repeat("- sh\n", 1100) + "containers:\n" + strings.Repeat("- env: *x\n  command: [a]\n", 1100), "SF001"},
		{"JSON lists", deep("[", "", "]"), ""},
		{"JSON objects", deep(`{"command: sh":`, "1", "}"), "SF001"},
		{"open lists", deep("[", "", ""), ""},
		{"NUL", pod + "x: \x00\n", "SF001"},
		{"not UTF-8", pod + "x: \xff\n", "SF001"},
		{"cut UTF-8", pod + "x: é"[:4], "SF001"},
		{"surrogates in UTF-8", pod + "x: \xed\xa0\x80\n", "SF001"},
		{"UTF-16", utf16Text(binary.LittleEndian, "\ufeff"+pod), "SF001"},
		{"UTF-16 big", utf16Text(binary.BigEndian, "\ufeff"+pod), "SF001"},
		{"UTF-16 without mark", utf16Text(binary.LittleEndian, pod), "SF001"},
		{"UTF-16 big without mark", utf16Text(binary.BigEndian, pod), "SF001"},
		{"byte order mark", "\ufeff" + pod, "SF101"},
		{"CR", strings.ReplaceAll(pod, "\n", "\r"), "SF101"},
		{"CRLF", strings.ReplaceAll(pod, "\n", "\r\n"), "SF101"},
		{"NEL", strings.ReplaceAll(pod, "\n", "\u0085"), "SF101"},
		{"LS", strings.ReplaceAll(pod, "\n", "\u2028"), "SF101"},
		{"PS", strings.ReplaceAll(pod, "\n", "\u2029"), "SF101"},
		{"conflict", "<<<<<<< HEAD\n" + pod + "=======\n" + pod + ">>>>>>> x\n", "SF001"},
		{"binary", "\x7fELF\x02\x01\x01\x00" + strings.Repeat("\xde\xad\x00", 1000), ""},
		{"ten thousand documents", strings.Repeat("---\n", 10_000) + pod, "SF101"},
		{"a long word", pod + "x: " + strings.Repeat("y", 1<<20) + "\n", "SF101"},
		{"a long script", strings.Replace(pod, "--port", strings.Repeat("a", 1<<20), 1), "SF003"},
		{"open braces", pod + "x: '" + strings.Repeat("{{ ", 100_000) + "'\n", "SF101"},
		{"open control lines", strings.Repeat("{{ if x }}\n", 10_000) + pod, "SF101"},
	} {
		codes, after := outcomeOf(t, c.name, []byte(c.text))
		if codes != c.want {
			t.Errorf("%s: %q, want %q", c.name, codes, c.want)
		}
		if fixed := strings.Replace(c.text, "sh, -c, exec /web --port=80", "/web, --port=80", 1); c.want == "SF101" && string(after) != fixed {
			t.Errorf("%s: more than the command changed", c.name)
		}
	}
}

func utf16Text(order binary.AppendByteOrder, s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

// TestManyPlaceholders: a hundred thousand placeholders of five bytes are told
// apart, and the commands that hold them fixed as in a file of one.
func TestManyPlaceholders(t *testing.T) {
	const each = 50
	var args strings.Builder
	for i := range each {
		args.WriteString(" --a={{" + string(rune('A'+i%26+i/26*32)) + "}}")
	}
	for _, c := range []struct {
		n                                      int
		name, head, container, separator, tail string
	}{
		{2000, "block", "kind: Pod\nspec:\n  containers:\n", "  - name: a\n    command: [sh, -c, 'exec /a" + args.String() + "']\n", "", ""},
		{200, "literal", "kind: Pod\nspec:\n  containers:\n", "  - name: {{n}}\n    command:\n    - sh\n    - -c\n    - |\n      exec /a" + args.String() + "\n", "", ""},
		{200, "JSON", `{"kind":"Pod","x":{{x}},"spec":{"containers":[`, `{"name":"a","x":{{x}},"y":[{{y}},{{z}}],"command":["sh","-c","exec /a` + args.String() + `"]}`, ",", "]}}"},
	} {
		codes, one := outcomeOf(t, c.name, []byte(c.head+c.container+c.tail))
		fixed := strings.TrimSuffix(strings.TrimPrefix(string(one), c.head), c.tail)
		if codes != "SF101" || fixed == c.container {
			t.Fatalf("%s: %s, %s", c.name, codes, one)
		}
		many := func(container string) string {
			return c.head + strings.TrimSuffix(strings.Repeat(container+c.separator, c.n), c.separator) + c.tail
		}
		if _, after := outcomeOf(t, c.name, []byte(many(c.container))); string(after) != many(fixed) {
			t.Errorf("%s: %d commands became something else than one does", c.name, c.n)
		}
	}
}

// TestAliasBombs: aliases are followed, never copied.
func TestAliasBombs(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := range 20 {
		n, m := string(rune('b'+i)), string(rune('a'+i))
		if i == 0 {
			m = "a0"
		}
		bomb += n + ": &" + n + " [" + strings.Repeat("*"+m+", ", 9) + "]\n"
	}
	for _, c := range []struct{ name, text, want string }{
		{"beside", bomb + hostilePod, "SF101"},
		{"as the command", bomb + "spec:\n  containers:\n  - name: a\n    command: *u\n  - *u\n", ""},
		{"as an item", bomb + "spec:\n  containers:\n  - name: a\n    command: [sh, -c, *u]\n", "SF002"},
		{"of itself", hostilePod + "x: &x [*x]\n", "SF101"},
		{"command of itself", "spec:\n  containers: &x\n  - name: a\n    command: &y [sh, -c, *y]\n    initContainers: *x\n", "SF002 SF002"},
	} {
		if codes, _ := outcomeOf(t, c.name, []byte(c.text)); codes != c.want {
			t.Errorf("%s: %q, want %q", c.name, codes, c.want)
		}
	}
}

// TestJSONShapes puts shapes like those of the JSON test suite beside a shell
// command: valid JSON is fixed and stays valid, what is none does not become it,
// and the shape itself stays as it is.
func TestJSONShapes(t *testing.T) {
	shapes := []string{
		// to be accepted
		`0`, `-0`, `1e5`, `1E+2`, `123.456e-789`, `""`, `"\u0000"`, `"\/"`, `"\"\\"`, `"\ud834\udd1e"`, "\"\u2028\"", "\"\x7f\"", `[[[]]]`, `{"a":1,"a":2}`,
		"[\t]", `{"":0}`, `true`, `null`, `[]`, `" "`, `"\uFFFF"`,
		// to be refused
		`01`, `1.`, `.5`, `+1`, `-`, `0x1`, `NaN`, `Infinity`, `1e`, `'a'`, `"\x"`, `"\u12"`, "\"\t\"", "\"\n\"", `[1,]`, `[,1]`, `[1 2]`, `{"a"}`, `{"a":}`, `{a:1}`,
		`{"a":1,}`, `{"a" "b"}`, `tru`, `True`, `/* c */ 1`, `# c`, `[`, `]`, `{`, `"`, `"\`, `1]`, "\x00", "\u00a01", `<null>`, `[1:2]`, `*`, `&a`, `*a`, `!!str`, `@`, "`",
		// left to the reader
		`"\ud800"`, `"\udd1e\ud834"`, `1e9999`, `123456789012345678901234567890`, "\ufeff1", "\"\xff\"", "\"\xed\xa0\x80\"",
	}
	for _, shape := range shapes {
		head := `{"kind":"Pod","x":` + shape + `,"spec":{"containers":[{"name":"a","command":[`
		text := head + `"sh","-c","exec /web -v"]}]}}` + "\n"
		codes, after := outcomeOf(t, shape, []byte(text))
		valid := validJSON([]byte(text))
		if valid && codes != "SF101" || !valid && codes != "SF101" && codes != "SF001" {
			t.Errorf("%q: %q", shape, codes)
		}
		want := text
		if codes == "SF101" {
			want = head + `"/web","-v"]}]}}` + "\n"
		}
		if string(after) != want || validJSON(after) != valid {
			t.Errorf("%q: became %q", shape, after)
		}
	}
}

// validJSON: RFC 8259 wants UTF-8, encoding/json takes any bytes in strings.
func validJSON(text []byte) bool { return json.Valid(text) && utf8.Valid(text) }

// TestYAMLSuite puts each case of the YAML test suite below a shell command, as
// a document of its own: the command is fixed, the case stays as it is. The
// cases come from the module that carries them; where it can't be had the test
// is skipped.
func TestYAMLSuite(t *testing.T) {
	out, err := exec.Command("go", "mod", "download", "-json", "github.com/goccy/go-yaml@v1.19.2").Output()
	var module struct{ Dir string }
	if err != nil || json.Unmarshal(out, &module) != nil {
		t.Skipf("the module with the YAML test suite can't be had: %v", err)
	}
	cases, err := filepath.Glob(filepath.Join(module.Dir, "testdata", "yaml-test-suite", "*", "in.yaml"))
	if err != nil || len(cases) < 300 {
		t.Fatalf("%d cases: %v", len(cases), err)
	}
	e := engine(t, "auto")
	for _, path := range cases {
		suite, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(filepath.Dir(path))
		outcomeOf(t, name, suite)
		for _, end := range []string{"---\n", "...\n"} {
			text := append([]byte(hostilePod+end), suite...)
			result := e.File(name, text)
			after, err := edit.Apply(text, result.Edits(func(f rewrite.Finding) bool { return true }))
			want := strings.Replace(string(text), "sh, -c, exec /web --port=80", "/web, --port=80", 1)
			if err != nil || string(after) != want {
				t.Errorf("%s below %q: %v, %v", name, end, result.Findings, err)
			}
		}
	}
}
