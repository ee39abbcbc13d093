package producer

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/expansion"
)

// helperShells returns the installed shells that the helper must run in, each
// as the words before a script. REQUIRE_SHELLS=1 demands them all.
func helperShells(t *testing.T) [][]string {
	t.Helper()
	var found [][]string
	for _, shell := range [][]string{{"dash"}, {"bash"}, {"busybox", "sh"}, {"mksh"}} {
		if _, err := exec.LookPath(shell[0]); err == nil {
			found = append(found, shell)
		} else if os.Getenv("REQUIRE_SHELLS") == "1" {
			t.Errorf("%s is not installed and REQUIRE_SHELLS is 1", shell[0])
		}
	}
	if len(found) == 0 {
		t.Skip("no shell is installed")
	}
	return found
}

// helperRun calls a function of the helper under the options that scripts set.
func helperRun(t *testing.T, shell []string, args ...string) (stdout, stderr string, ok bool) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.Command(shell[0], append(append(shell[1:], "-euc", Helper+"\n\"$@\"", "helper"), args...)...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		t.Fatal(err)
	}
	return out.String(), errs.String(), err == nil
}

// TestHelper asserts what the helper prints for texts, in every shell.
func TestHelper(t *testing.T) {
	for _, test := range []struct{ style, text, want string }{
		{"glued", ``, ``},
		{"upstream", " \t\n", ``},
		{"glued", `--a -b=1  c`, `, "--a", "-b=1", "c"`},
		{"upstream", `--a -b=1  c`, `"--a", "-b=1", "c"`},
		{"glued", `--x='*,-foo' --y="a b"`, `, "--x=*,-foo", "--y=a b"`},
		{"glued", `--x="" ''`, `, "--x=", ""`},
		{"glued", `'{"a":"b\c"}' \"q a\ b`, `, "{\"a\":\"b\\c\"}", "\"q", "a b"`},
		{"glued", `"a\"b\\c\d\$e\` + "`" + `"`, `, "a\"b\\c\\d$$e` + "`" + `"`},
		{"glued", "'\x01\t\n\x7f'", `, "\u0001\u0009\u000a\u007f"`},
		{"glued", "a\\\nb \"c\\\nd\"", `, "ab", "cd"`},
		{"glued", `ü"é" '€'`, `, "üé", "€"`},
		{"glued", `$(POD_IP) "a$(N)b" '$(a.b)'`, `, "$(POD_IP)", "a$(N)b", "$(a.b)"`},
		{"glued", `'$x' '$$x' '$' \$x`, `, "$$x", "$$x", "$$", "$$x"`},
		{"glued", `a#b * ?[a] a!b a}`, `, "a#b", "*", "?[a]", "a!b", "a}"`},
	} {
		for _, shell := range helperShells(t) {
			got, errs, ok := helperRun(t, shell, "manifest_items", test.style, test.text)
			if got != test.want || errs != "" || !ok {
				t.Errorf("%v: %s: %q\nwant %s\ngot  %s %s", shell, test.style, test.text, test.want, got, errs)
			}
		}
	}
}

// TestHelperRefuses asserts that the helper refuses text that only a shell can
// expand, with a message and with output that no list can hold, and that it runs none
// of it.
func TestHelperRefuses(t *testing.T) {
	for text, reason := range map[string]string{
		`$HOME`: "expands the $", `"${x}"`: "expands the $", `a$`: "expands the $", `$(date +%s)`: "expands the $", `$$`: "expands the $",
		"`touch ran`": "backquotes", "\"`touch ran`\"": "backquotes",
		`a;b`: "acts on ;", `a&b`: "acts on &", `a|b`: "acts on |", `2>x`: "acts on >", `<x`: "acts on <",
		`(x)`: "acts on (", `~/x`: "acts on ~", `{a,b}`: "acts on {", `a #b`: "comment",
		`a\`: "backslash ends", `'a`: "' is not closed", `a"b`: `" is not closed`, `'$(a b)'`: "write $$(", `\$(X)`: "without the backslash", `"\$$"`: "without the backslash",
	} {
		for _, shell := range helperShells(t) {
			for _, style := range []string{"glued", "upstream"} {
				got, errs, ok := helperRun(t, shell, "manifest_items", style, text)
				if ok || !strings.Contains(errs, reason) || !strings.Contains(errs, text) || strings.Count(errs, "\n") != 1 {
					t.Errorf("%v: %q is not refused as it should: %v %s", shell, text, ok, errs)
				}
				before := map[string]string{"glued": `["x"`, "upstream": `["x", `}[style]
				if json.Valid([]byte(before + got + `]`)) {
					t.Errorf("%v: %q is refused, and still gives a list: %s", shell, text, got)
				}
			}
		}
	}
	if _, err := os.Stat("ran"); err == nil {
		t.Error("the helper ran what the text holds")
	}
}

// TestHelperSed asserts that sed puts in the text that sed_replacement was given, with
// every delimiter, and that filled_text does to a text what sed and quotes do to it.
func TestHelperSed(t *testing.T) {
	const text = `, "--a=\"b\\c\"", "d&e@f|g/h#i,j"`
	for _, shell := range helperShells(t) {
		for _, delimiter := range []string{"@", "|", "/", "#", ","} {
			replacement, errs, _ := helperRun(t, shell, "sed_replacement", text, delimiter)
			cmd := exec.Command("sed", "-e", "s"+delimiter+"{{x}}"+delimiter+strings.TrimSuffix(replacement, "\n")+delimiter+"g")
			cmd.Stdin = strings.NewReader("[\"p\"{{x}}]\n")
			got, err := cmd.CombinedOutput()
			if want := "[\"p\"" + text + "]\n"; err != nil || string(got) != want {
				t.Errorf("%v: %s: want %s, got %s %s", shell, delimiter, want, got, errs)
			}
		}
		for _, test := range [][]string{
			{"quoted", `--x='a\\"b\\\\c' \&`, `--x='a"b\c' &`},
			{"plain", `--x="a\\\\b" \&`, `--x="a\\b" &`},
			{"plain", `a\/b`, "a/b"},
		} {
			if got, errs, _ := helperRun(t, shell, "filled_text", test[0], test[1]); got != test[2]+"\n" {
				t.Errorf("%v: %s %s: want %s, got %s %s", shell, test[0], test[1], test[2], got, errs)
			}
		}
	}
}

// TestHelperRandom compares the helper with a real shell. Its output for a text, read
// as JSON and expanded as the kubelet does, must hold the words that dash reads in the
// text after the kubelet's expansion; text that dash can't read must be refused.
func TestHelperRandom(t *testing.T) {
	helperShells(t)
	if _, err := exec.LookPath("dash"); err != nil {
		t.Skip("dash is not installed")
	}
	pieces := []string{"a", "b", " ", "  ", "'", "'", `"`, `"`, `\`, "$", "$(V)", "$(N)", "$$", "(", ")", "=", "\t", "\n", "é", "#", "-x", `\"`, "'c d'"}
	value := func(name string) (string, bool) { return "v1", name == "V" }
	random := rand.New(rand.NewPCG(1, 2))
	read := 0
	for range 400 {
		var text string
		for range 1 + random.IntN(10) {
			text += pieces[random.IntN(len(pieces))]
		}
		got, _, ok := helperRun(t, []string{"dash"}, "manifest_items", "upstream", text)
		if !ok {
			continue
		}
		var items []string
		if err := json.Unmarshal([]byte("["+got+"]"), &items); err != nil {
			t.Errorf("%q gives no list: %s", text, got)
			continue
		}
		for i := range items {
			items[i] = expansion.Expand(items[i], value)
		}
		script := expansion.Expand(strings.ReplaceAll(text, "\n", " "), value)
		if text != strings.ReplaceAll(text, "\n", " ") && strings.ContainsAny(text, `'"\`) || strings.Contains(script, "$(N)") {
			continue // a line's end in quotes stays one, and an undeclared name is no command
		}
		out, err := exec.Command("dash", "-c", `for item in `+script+`; do printf '%s\0' "$item"; done`).Output()
		var want []string
		for word := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
			want = append(want, word)
		}
		if len(out) == 0 {
			want = nil
		}
		if diff := cmp.Diff(want, items); diff != "" && !(len(want) == 0 && len(items) == 0) || err != nil {
			t.Errorf("%q: %v (-dash +helper):\n%s", text, err, diff)
		}
		read++
	}
	if read < 50 {
		t.Errorf("compared only %d texts", read)
	}
	t.Logf("compared %d texts", read)
}
