package probe

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
)

// Command is a command of a shell with words behind its script.
type Command struct {
	Site    string   // container, …, livenessProbe, …, preStop
	Words   []string // the items of command and args, as in the file
	Script  int      // index of the script in Words
	Outline invocation.Outline
	// Placeholders are those in Words. One that is a whole word may be filled with
	// no word or with several.
	Placeholders []string
}

// Unused returns the advice for a shell that runs less than was meant: its -c takes
// one word as the script, and the words behind it are only the script's parameters
// (POSIX, sh utility). It is false where the script may use them, or where the only
// one is a name for $0.
func Unused(c Command) (Advice, bool) {
	script, words := c.Words[c.Script], c.Words[c.Script+1:]
	filled := slices.IndexFunc(words, func(w string) bool { return !slices.Contains(c.Placeholders, w) })
	if c.Outline.Positional || filled < 0 || len(words) == 1 && isName(words[0]) {
		return Advice{}, false
	}
	only := "the shell runs only " + shortText(script)
	if strings.TrimSpace(script) == "" {
		only = "the shell runs an empty script"
	}
	switch {
	case c.Outline.Idle:
		advice := c.guessMeant()
		advice.Message = only + ", which starts nothing and succeeds, so " + c.outcomeText() + ", and " + shortText(words[0]) + " after it is never run: " + advice.Message
		return advice, true
	case c.isFirstWord():
		advice := c.guessMeant()
		advice.Message = only + " without the words after it, which is another command: " + advice.Message
		return advice, true
	case len(words) > 1 || strings.ContainsAny(words[0], " \t\n"):
		return Advice{Message: only + ", and " + shortText(words[0]) + " after it is never run: " + oneOf}, true
	}
	return Advice{}, false
}

const oneOf = "write one script, or the words of one program"

// outcomeText says what happens with a script that starts nothing.
func (c Command) outcomeText() string {
	switch a := (Action{Site: c.Site}); {
	case a.isHook():
		return a.describe() + " does nothing"
	case strings.HasSuffix(c.Site, "Probe"):
		return a.describe() + " always passes"
	}
	return "the container ends at once"
}

// isFirstWord reports whether the script is one word, the first of a command whose
// other words stand behind the script.
func (c Command) isFirstWord() bool {
	return c.Outline.Alone && len(c.Outline.Calls[0].Words) == 1 && len(c.Outline.Calls[0].Files) == 0 && c.Outline.Calls[0].Words[0].IsLiteral()
}

// constant matches an assignment of a value that means the same without a shell,
// assignment any assignment.
var (
	constant   = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*=[A-Za-z0-9_./:@%+,=-]*$`)
	assignment = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*=[^#\n]*$`)
)

// guessMeant guesses the command that was meant and advises to write it.
func (c Command) guessMeant() Advice {
	script, words := strings.TrimSpace(c.Words[c.Script]), c.Words[c.Script+1:]
	switch {
	case slices.ContainsFunc(words, func(w string) bool { return slices.Contains(c.Placeholders, w) }):
		return Advice{Message: oneOf}
	case !c.Outline.Idle && !slices.ContainsFunc(words, needsShell):
		return adviseCommand("write the words of one program", slices.Concat([]string{c.Outline.Calls[0].Words[0].String()}, words))
	case !c.Outline.Idle:
		return Advice{Message: oneOf}
	}
	return c.guessAfterIdle(script, words)
}

// guessAfterIdle does the same where the script starts no program; it may assign
// variables.
func (c Command) guessAfterIdle(script string, words []string) Advice {
	var constants []string
	if assignment.MatchString(script) {
		constants = strings.Fields(script)
	}
	simple := !slices.ContainsFunc(constants, func(s string) bool { return !constant.MatchString(s) })
	switch {
	case simple && !strings.ContainsAny(words[0], " \t\n") && !slices.ContainsFunc(words, needsShell):
		say := "start " + words[0] + " itself"
		if constants != nil {
			say += ", with " + strings.Join(constants, " and ") + " in the container's env"
		}
		return adviseCommand(say, words)
	case len(words) > 1:
		return Advice{Message: oneOf}
	case constants == nil:
		script = ""
	}
	return adviseCommand("write one script", slices.Concat(c.Words[:c.Script], []string{strings.TrimSpace(script + " " + words[0])}))
}

// needsShell reports whether a word holds an expansion that only a shell does; the
// kubelet's $(NAME) does not count.
func needsShell(word string) bool {
	return strings.Contains(strings.ReplaceAll(word, "$(", ""), "$") || strings.Contains(word, "`")
}

// adviseCommand returns the advice to write a command.
func adviseCommand(message string, words []string) Advice {
	return Advice{Message: message, Replacement: &Replacement{[]field{{key: "command", words: words}}}}
}

// isName reports whether the word behind a script is only a name for $0.
func isName(word string) bool {
	switch path.Base(word) {
	case "sh", "bash", "dash", "ash", "ksh", "mksh", "-", "--", "_":
		return true
	}
	return false
}

// shortText returns a text for a message, on one line and of at most 60 characters.
func shortText(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:57]) + "..."
	}
	return "`" + s + "`"
}
