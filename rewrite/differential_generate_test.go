package rewrite_test

import (
	"math/rand/v2"
	"strings"
)

// generator makes trials. The same seed makes the same ones.
type generator struct{ *rand.Rand }

// newGenerator returns the generator of one trial, so that it can be made again
// without those before it.
func newGenerator(seed uint64) generator {
	return generator{rand.New(rand.NewPCG(seed, 0xd1ff))}
}

func (g generator) pick(list ...string) string { return list[g.IntN(len(list))] }

// chance is true in n of 100 cases.
func (g generator) chance(n int) bool { return g.IntN(100) < n }

// trial makes one trial that the engine can mostly convert.
func (g generator) trial() trial {
	c := trial{sink: "runner", env: g.environment(), indent: g.chance(50), filled: g.chance(50), split: g.chance(20)}
	c.shell = strings.Fields(g.pick("/bin/sh", "sh", "/bin/sh", "sh", "/bin/bash", "bash", "dash", "ash", "ksh", "/bin/mksh", "busybox sh") +
		" " + g.pick("-c", "-c", "-c", "-ec", "-e -c", "-c --", "-eu -c", "-o errexit -c"))
	switch n := g.IntN(100); {
	case n < 8:
		c.site = "livenessProbe"
	case n < 16:
		c.site = "preStop"
	}
	for {
		c.script = g.script(c)
		if !template(c.script) {
			break
		}
	}
	if g.chance(15) {
		g.template(&c)
	}
	if c.site == "" && g.chance(20) {
		c.sink = "klog"
		c.script = strings.NewReplacer(`pr\og`, `kube-schedu\ler`, "prog", "kube-scheduler").Replace(c.script)
	}
	return c
}

// template puts placeholders into a trial, which the sed dialect reads: one for
// several words, one inside of a word, and one in the name of the log file. What
// fills them is what the reviews of the fixes ask for.
func (g generator) template(c *trial) {
	params := g.pick("", "--p1", "--p1 --p2=x", "p1 p2 p3")
	array := ""
	for _, word := range strings.Fields(params) {
		array += `, "` + word + `"`
	}
	part := g.pick("", "7", "v-1.2", "a/b:c,d", "word")
	c.fills = []filling{{"{{params}}", params, array}, {"{{part}}", part, part}, {"{{suffix}}", "", ""}}
	for _, name := range []string{"bin/prog ", "prog "} {
		if at := strings.Index(c.script, name); at >= 0 {
			at += len(name)
			c.script = c.script[:at] + g.pick("{{params}} ", "--x={{part}} ", "{{params}} a {{params}} ", `"{{part}}" `, "'a {{part}}' {{params}} ", "{{part}}/b ") + c.script[at:]
			break
		}
	}
	c.script = strings.ReplaceAll(c.script, "/a.log", g.pick("/a.log", "/a{{suffix}}.log"))
}

// template reports text that a template language would fill, in the script or
// once its quotes are undone.
func template(s string) bool {
	s += "\n" + strings.NewReplacer("\\", "", "'", "", `"`, "").Replace(s)
	for _, open := range []string{"{{", "{%", "{#", "<%", "##", "__"} {
		if strings.Contains(s, open) {
			return true
		}
	}
	return false
}

// environment declares the names that scripts use, mostly with plain values.
func (g generator) environment() []variable {
	var env []variable
	for _, name := range []string{"A", "B", "C"} {
		env = append(env, variable{name, g.pick("plain", "1.2.3", "http://h:80/p", "a,b=c", "pod-0", "-v", "+%@", "7",
			"$(A)/x", "two words", "", "it's", `a"b`, "*", "a$$b", "$(NONE)", "é", `a\b`, "x\ny")})
	}
	return append(env, variable{"POD", "pod-0"}, variable{"FOLDER", "DIR/log"})
}

func (g generator) script(c trial) string {
	program := g.pick("DIR/bin/prog", "DIR/bin/prog", "prog", `"DIR/bin/prog"`, "'DIR/bin'/prog", `DIR/bin/pr\og`)
	words := []string{program}
	for range g.IntN(6) {
		words = append(words, g.word())
	}
	redirections, tee := g.redirections(c)
	first := g.chance(20) // redirections stand before the program
	for i, r := range redirections {
		at := len(words)
		if g.chance(25) {
			at = 1 + i + g.IntN(len(words)-i)
		}
		if first {
			at = i
		}
		words = append(words[:at], append([]string{r}, words[at:]...)...)
	}
	text := g.joined(words) + tee
	if g.chance(50) && !strings.HasPrefix(text, "\n") {
		text = "exec " + text
	}
	if c.site == "" && g.chance(20) {
		text = g.setup(text)
	}
	return g.around(text)
}

// setup puts variables or a directory before a command.
func (g generator) setup(text string) string {
	value := g.pick(g.quoted(g.text()), g.quoted(g.text()), g.variable(), g.word())
	name := g.pick("Z", "GOGC", "_x1", "LANGUAGE", "A", "HOME")
	switch join := g.pick("; ", " && ", "\n"); g.IntN(6) {
	case 0:
		return "export " + name + "=" + value + join + text
	case 1:
		return name + "=" + value + join + "export " + name + join + text
	case 2:
		dir := g.pick("DIR/bin", "'DIR'", `"DIR/log"`)
		if strings.Contains(text, "log") {
			dir = "DIR" // where a relative path of a log file leads somewhere
		}
		return "cd " + dir + join + text
	case 3:
		return name + "=" + value + join + text
	case 4:
		return "export Y='y z'; " + name + "=" + value + " " + text
	}
	return name + "=" + value + " Y=1 " + text
}

// joined puts blanks or continued lines between words.
func (g generator) joined(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteString(g.pick(" ", " ", " ", " ", "  ", "\t", " \\\n", " \\\n  "))
		}
		b.WriteString(w)
	}
	return b.String()
}

// around puts what the exec form can do without before and after a command.
func (g generator) around(text string) string {
	before := g.pick("", "", "", "", "set -e; ", "set -e\n", "set -o errexit\n", "set -eu;", ":; ", ":\n", "# words\n", "\n", "  ")
	after := g.pick("", "", "", "", "\n", " ;", " # words", "\n# it's\n", " ")
	return before + text + after
}

// redirections returns redirections in their order and a pipe into tee or "".
func (g generator) redirections(c trial) (redirections []string, tee string) {
	forms := []string{"1>>F@2>&1", "1>>F@2>&1", ">>F@2>&1", ">F@2>&1", ">F", ">>F", "1>F", "2>&1@>>F", "2>&1@>F", "2>F@1>&2", "2>>F@>&2",
		">>F@2>>F", "2>&1", "1>&2", ">/dev/null@2>&1", ">/dev/null", "2>&1@>/dev/null", ">|F", "", "", "", "",
		"2>&1|tee F", "2>&1|tee -a F", "|tee F", "|tee -a F", "2>>F", "2>/dev/null", ">F@2>G", ">>F@>>F", ">>/dev/stdout"}
	if strings.HasSuffix(c.shell[0], "bash") || g.chance(3) {
		forms = append(forms, "&>F", "&>>F", "&>/dev/null", "|& tee F", "&>F", "&>>F")
	}
	if c.site != "" {
		forms = []string{"", "", ">/dev/null@2>&1", ">/dev/null", "2>&1"}
	}
	form, pipe, piped := strings.Cut(strings.ReplaceAll(g.pick(forms...), "G", "DIR/log/b"), "|")
	if strings.HasSuffix(form, ">") { // >|F is no pipe
		form, pipe, piped = form+"|"+pipe, "", false
	}
	path := g.path()
	for r := range strings.SplitSeq(form, "@") {
		if r != "" {
			redirections = append(redirections, strings.ReplaceAll(r, "F", g.pick("", " ")+path))
		}
	}
	if piped {
		tee = g.pick(" |", "|") + strings.ReplaceAll(pipe, "F", path)
		tee = strings.Replace(tee, "tee", g.pick("tee", " tee", "\n tee", "/usr/bin/tee"), 1)
	}
	return redirections, tee
}

// path spells one of the log files.
func (g generator) path() string {
	return g.pick("DIR/log/a.log", "DIR/log/a.log", `"DIR/log/a.log"`, "'DIR/log/b c.log'", `"DIR"/log/b' 'c.log`, "DIR/log/é.log",
		"DIR/log/$(POD).log", "DIR/log/${POD}.log", `"$FOLDER/a.log"`, "$FOLDER/$POD.log", "log/a.log", `DIR/log/a\.log`)
}

// word makes one argument.
func (g generator) word() string {
	switch n := g.IntN(100); {
	case n < 35:
		return g.pick("--v=2", "-v", "2", "--name=a.b", "host:443", `--x=""`, "''", `""`, "a#b", "--", "-", "a=b", "é", "{}", "100%", "!", "@x", "^a",
			"[", "]", "}", "if", "--url=http://h/?q", `--r='a b'"c"`, "+x", ",", "日本", "a$", "do", "in", "--v=$(POD)", "pre-$POD", "a/")
	case n < 70:
		return g.quoted(g.text())
	case n < 85:
		return g.variable()
	case n < 97:
		return g.word() + g.word()
	}
	return g.pick("*", "a?", "~", "{a,b}", "$A", "$(B)", "$'x'", `$"x"`, "`true`", "$(true)", "${A:-b}", "$NONE", "$#", "a=~", "[a-z]", "$((1))")
}

// variable makes a reference, by the kubelet's or the shell's syntax.
func (g generator) variable() string {
	name := g.pick("A", "B", "C", "POD", "POD")
	reference := g.pick("$("+name+")", "$"+name, "${"+name+"}")
	return g.pick(`"`+reference+`"`, `--f="`+reference+`"`, "'$("+name+")'", `"a `+reference+`-b"`, "'$$("+name+")'", `\$`+name, "--p="+reference)
}

// text makes text that needs quotes.
func (g generator) text() string {
	alphabet := []rune("abcXYZ019-_=./:,@%+ #*?[]{}~!^&|;<>()$$$\"'\\\\`\t\néß日")
	var b strings.Builder
	for range g.IntN(8) {
		b.WriteRune(alphabet[g.IntN(len(alphabet))])
	}
	return b.String()
}

// quoted writes text so that a shell reads it as one word, in one of three ways.
func (g generator) quoted(s string) string {
	var b strings.Builder
	switch style := g.IntN(3); {
	case style == 0:
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	case style == 1 || s == "" || strings.Contains(s, "\n"):
		for _, r := range s {
			if strings.ContainsRune("$`\"\\", r) {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
		}
		return `"` + b.String() + `"`
	}
	for _, r := range s {
		if r < 0x80 && !strings.ContainsRune("abcXYZ019", r) || g.chance(5) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
