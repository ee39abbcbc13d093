package rewrite_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
)

// styler draws one manifest and remembers what it drew.
type styler struct {
	*rand.Rand
	labels   []string // dimension=value
	comments int      // written so far
	anchors  int      // of lists, written so far
	items    int      // with an anchor, written so far
}

// pick draws one value of a dimension.
func (g *styler) pick(dimension string, values ...string) string {
	v := values[g.IntN(len(values))]
	g.labels = append(g.labels, dimension+"="+v)
	return v
}

// chance draws whether something is there that is so in some cases of a hundred.
func (g *styler) chance(name string, percent int) bool {
	if g.IntN(100) >= percent {
		return false
	}
	g.labels = append(g.labels, name)
	return true
}

// comment returns a comment that stands nowhere else in the text.
func (g *styler) comment() string {
	g.comments++
	return commentText(g.comments)
}

func commentText(n int) string { return fmt.Sprintf("# c%dé \"it's", n) }

// styleWord is a word of the script and what the program gets for it.
type styleWord struct {
	shell, value string
	whole        bool // a placeholder that stands for any number of arguments
}

// styleValues are arguments that shells, YAML or JSON read as something else
// when they are not quoted well.
var styleValues = []string{
	"", "a b", "a  b", " lead", "trail ", "it's", `say "hi"`, "'", `"`, "$HOME", "a$$b", "$(X)", "${X}", "$", "x$", "$é", `$"x`,
	`back\slash`, `\n`, `\`, "# none", "a #b", "#", "key: value", "a:", ":", "a,b", ",", "[x]", "]", "{y}", "}", "12", "0x1F", "1e3", "1_0",
	"-1", ".5", "1:30", "2001-01-01", "true", "Yes", "null", "~", "-", "--", "- a", "?", "? a", "=", "<<", "é", "日本語", "😀", "a\tb", "*.log",
	"&x", "!y", "%z", "@w", "`q`", "|", ">", "a|b", "<x>", "a<b>c", "--x=<y>", "--resource-container=", "--a=b,c", "a\u00a0b", "a;b", "---", "...",
}

// bareWord matches what needs no quotes in a shell.
var bareWord = regexp.MustCompile(`^[A-Za-z0-9_./:@%+,=-]+$`)

// styleFlags are ordinary words.
var styleFlags = []string{"--v=2", "--kubeconfig=/etc/srv/kubeconfig", "--leader-elect", "serve", "--feature-gates=A=true,B=false"}

// word draws an argument without placeholders.
func (g *styler) word() styleWord {
	if g.IntN(2) == 0 {
		v := styleFlags[g.IntN(len(styleFlags))]
		return styleWord{shell: v, value: v}
	}
	v := styleValues[g.IntN(len(styleValues))]
	return styleWord{shell: g.quote(v), value: v}
}

// quote writes a value as a shell word (POSIX 2.2).
func (g *styler) quote(v string) string {
	if bareWord.MatchString(v) && g.IntN(3) > 0 {
		return v
	}
	runes := []rune(v)
	if len(runes) > 1 && g.IntN(4) == 0 {
		at := 1 + g.IntN(len(runes)-1)
		return g.quote(string(runes[:at])) + g.quote(string(runes[at:]))
	}
	switch g.IntN(3) {
	case 0:
		return `"` + regexp.MustCompile("[$`\"\\\\]").ReplaceAllString(v, `\$0`) + `"`
	case 1:
		if v != "" {
			return regexp.MustCompile("[^A-Za-z0-9_./:@%+,=\u0080-\U0010ffff-]").ReplaceAllString(v, `\$0`)
		}
	}
	return "'" + strings.ReplaceAll(v, "'", `'\''`) + "'"
}

// partWords are words that hold a placeholder, which is filled with one plain
// word or nothing.
var partWords = []styleWord{
	{shell: "--x={{part}}", value: "--x={{part}}"},
	{shell: "{{part}}/x", value: "{{part}}/x"},
	{shell: "--x={{part}}/{{other}}.d", value: "--x={{part}}/{{other}}.d"},
	{shell: "{{part}}:{{other}}", value: "{{part}}:{{other}}"},
	{shell: "a:{{part}}", value: "a:{{part}}"},
	{shell: `"{{part}}"`, value: "{{part}}"},
	{shell: `'{{part}}'`, value: "{{part}}"},
	{shell: `--x="{{pillar['part']}} b"`, value: "--x={{pillar['part']}} b"},
	{shell: "1{{part}}", value: "1{{part}}"},
	{shell: `"a #{{part}}"`, value: "a #{{part}}"},
	{shell: `"{{part}} # é"`, value: "{{part}} # é"},
	{shell: "-{{part}}", value: "-{{part}}"},
	{shell: "y{{part}}", value: "y{{part}}"},
}

// arguments draws the program's arguments.
func (g *styler) arguments() []styleWord {
	var words []styleWord
	for range g.IntN(6) {
		words = append(words, g.word())
	}
	if g.chance("part", 30) {
		words = append(words, partWords[g.IntN(len(partWords))])
		g.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	}
	switch g.pick("whole", "none", "none", "first", "middle", "last", "only", "two", "three") {
	case "first":
		words = append(wholeWords("first"), words...)
	case "middle":
		at := g.IntN(len(words) + 1)
		words = append(append(append([]styleWord{}, words[:at]...), wholeWords("middle")...), words[at:]...)
	case "last":
		words = append(words, wholeWords("last")...)
	case "only":
		words = wholeWords("first")
	case "two":
		words = append(append(wholeWords("first", "middle"), words...), g.word())
	case "three":
		words = append(append(wholeWords("first"), words...), wholeWords("middle", "last")...)
	}
	return words
}

func wholeWords(names ...string) []styleWord {
	var words []styleWord
	for _, name := range names {
		words = append(words, styleWord{shell: "{{" + name + "}}", value: "{{" + name + "}}", whole: true})
	}
	return words
}

// styleScript is a script as the generator made it.
type styleScript struct {
	tokens   []string // shell words and operators
	words    []styleWord
	redirect string // none, file, tee
	path     string // of the log, as the program gets it
	setup    styleSetup
}

// scheduler is a program that the catalogue knows, at a version that takes
// klog's flags and whose image carries the log runner.
const scheduler = "/usr/local/bin/kube-scheduler"

// script draws a script that starts the program once.
func (g *styler) script() styleScript {
	s := styleScript{words: g.arguments(), path: "/var/log/kube-scheduler.log"}
	s.setup, s.tokens = g.setup()
	if g.IntN(4) > 0 {
		s.tokens = append(s.tokens, "exec")
	}
	s.tokens = append(s.tokens, scheduler)
	for _, w := range s.words {
		s.tokens = append(s.tokens, w.shell)
	}
	path := s.path
	switch g.pick("path", "plain", "suffix", "blank") {
	case "suffix":
		path = "/var/log/kube-scheduler{{ suffix }}.log"
		s.path = path
	case "blank":
		s.path = "/var/log/kube scheduler: é.log"
		path = g.quote(s.path)
	}
	if s.redirect = g.pick("redirect", "none", "file", "tee"); s.redirect == "file" {
		s.tokens = append(s.tokens, [][]string{{">>" + path, "2>&1"}, {"1>>" + path, "2>&1"}, {">>", path, "2>&1"}}[g.IntN(3)]...)
	} else if s.redirect == "tee" {
		s.tokens = append(s.tokens, "2>&1", "|", "tee", "-a", path)
	}
	return s
}

// escape doubles dollars so that the kubelet passes the script on as it was
// meant; sometimes all of them, sometimes only where it must.
func (g *styler) escape(script string) string {
	if kubelet(script, nil) == script && g.IntN(2) == 0 {
		return script
	}
	return strings.ReplaceAll(script, "$", "$$")
}

// argv returns what the program gets, the log sink's flags included, with the
// placeholders filled.
func (s styleScript) argv(sink string, fill styleFill) []string {
	argv := []string{scheduler}
	switch flags := map[string][]string{"tee": {"--also-stdout=true"}}[s.redirect]; {
	case s.redirect == "none":
	case sink == "runner":
		argv = append(append([]string{"/go-runner", "--log-file=" + fill.text(s.path)}, flags...), scheduler)
	default:
		argv = append(argv, "--logtostderr=false", "--log-file="+fill.text(s.path), "--log-file-max-size=0")
		if s.redirect == "tee" {
			argv = append(argv, "--alsologtostderr=true")
		}
	}
	for _, w := range s.words {
		if w.whole {
			argv = append(argv, fill.words...)
		} else {
			argv = append(argv, fill.text(w.value))
		}
	}
	return argv
}
