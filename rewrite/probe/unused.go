package probe

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
)

// Command is a shell's command whose script has words after it.
type Command struct {
	Site    string   // container, …, livenessProbe, …, preStop
	Words   []string // the items of command and args, as in the file
	Script  int      // the index of the script among them
	Outline invocation.Outline
	// Placeholders are those of the words. One that is a whole word may stand
	// for nothing, or for several.
	Placeholders []string
}

// Unused says that the shell runs less than was meant: its -c takes one word as
// the script, and the words after it are only the script's parameters (POSIX,
// sh utility). It reports false where the script may use them, and where they
// are but a name for $0.
func Unused(c Command) (Advice, bool) {
	script, words := c.Words[c.Script], c.Words[c.Script+1:]
	filled := slices.IndexFunc(words, func(w string) bool { return !slices.Contains(c.Placeholders, w) })
	if c.Outline.Positional || filled < 0 || len(words) == 1 && isName(words[0]) {
		return Advice{}, false
	}
	only := "the shell runs only " + short(script)
	if strings.TrimSpace(script) == "" {
		only = "the shell runs an empty script"
	}
	switch {
	case c.Outline.Idle:
		advice := c.meant()
		advice.Message = only + ", which starts nothing and succeeds, so " + c.outcome() + ", and " + short(words[0]) + " after it is never run: " + advice.Message
		return advice, true
	case c.first():
		advice := c.meant()
		advice.Message = only + " without the words after it, which is another command: " + advice.Message
		return advice, true
	case len(words) > 1 || strings.ContainsAny(words[0], " \t\n"):
		return Advice{Message: only + ", and " + short(words[0]) + " after it is never run: " + oneOf}, true
	}
	return Advice{}, false
}

const oneOf = "write one script, or the words of one program"

// outcome says what a script that starts nothing comes to.
func (c Command) outcome() string {
	switch a := (Action{Site: c.Site}); {
	case a.hook():
		return a.what() + " does nothing"
	case strings.HasSuffix(c.Site, "Probe"):
		return a.what() + " always passes"
	}
	return "the container ends at once"
}

// first reports whether the script is the first word of a command whose other
// words stand after it.
func (c Command) first() bool {
	return c.Outline.Alone && len(c.Outline.Calls[0].Words) == 1 && len(c.Outline.Calls[0].Files) == 0 && c.Outline.Calls[0].Words[0].IsLiteral()
}

// constant matches an assignment that needs no shell to be read, assignment any.
var (
	constant   = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*=[A-Za-z0-9_./:@%+,=-]*$`)
	assignment = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*=[^#\n]*$`)
)

// meant guesses the command that was meant, and says what to write.
func (c Command) meant() Advice {
	script, words := strings.TrimSpace(c.Words[c.Script]), c.Words[c.Script+1:]
	switch {
	case slices.ContainsFunc(words, func(w string) bool { return slices.Contains(c.Placeholders, w) }):
		return Advice{Message: oneOf}
	case !c.Outline.Idle && !slices.ContainsFunc(words, needsShell):
		return array("write the words of one program", slices.Concat([]string{c.Outline.Calls[0].Words[0].String()}, words))
	case !c.Outline.Idle:
		return Advice{Message: oneOf}
	}
	return c.afterIdle(script, words)
}

// afterIdle is meant where the script starts nothing, but may assign.
func (c Command) afterIdle(script string, words []string) Advice {
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
		return array(say, words)
	case len(words) > 1:
		return Advice{Message: oneOf}
	case constants == nil:
		script = ""
	}
	return array("write one script", slices.Concat(c.Words[:c.Script], []string{strings.TrimSpace(script + " " + words[0])}))
}

// needsShell reports whether a word holds what only a shell expands: the
// kubelet's $(NAME) is none of it.
func needsShell(word string) bool {
	return strings.Contains(strings.ReplaceAll(word, "$(", ""), "$") || strings.Contains(word, "`")
}

// array advises to write a command.
func array(message string, words []string) Advice {
	return Advice{Message: message, Replacement: &Replacement{[]field{{key: "command", words: words}}}}
}

// isName reports whether a word after a script only names the shell.
func isName(word string) bool {
	switch path.Base(word) {
	case "sh", "bash", "dash", "ash", "ksh", "mksh", "-", "--", "_":
		return true
	}
	return false
}

// short returns a text for a message, on one line and not too long.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:57]) + "..."
	}
	return "`" + s + "`"
}
