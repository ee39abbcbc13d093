package invocation

import (
	"regexp"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"shellfree/rewrite/rule"
)

// dollarContinued is a dollar that a backslash and a line break part from its brace or
// parenthesis. Shells join the lines first (POSIX 2.2.1), and the parser takes the
// dollar for text.
var dollarContinued = regexp.MustCompile(`\$(\\\n)+[({A-Za-z_]`)

// checkTraps refuses bytes that the shell's parser reads otherwise than shells do, or
// that shells read in different ways. The proof shares the parser, so it would not
// notice.
func (a *analysis) checkTraps(text string) *Obstacle {
	if m := dollarContinued.FindString(text); m != "" {
		return obstacle(rule.Expansion, "a line ends between `$` and `", m[len(m)-1:], "`, which the shell joins before it reads them: write them on one line")
	}
	if trailing := len(text) - len(strings.TrimRight(text, `\`)); trailing%2 == 1 {
		return obstacle(rule.BadScript, "the script ends with a backslash, which some shells keep as a word and others drop: remove it")
	}
	return nil
}

// checkComments refuses a comment that ends in a backslash: for a shell it ends with
// its line, and the parser goes on in the next one.
func (a *analysis) checkComments(file *syntax.File) *Obstacle {
	var bad *Obstacle
	syntax.Walk(file, func(n syntax.Node) bool {
		if c, ok := n.(*syntax.Comment); ok && bad == nil && a.continues(c) {
			line, _, _ := strings.Cut(c.Text, "\n")
			bad = obstacle(rule.BadScript, "the comment ", quoteShort(a.unhide("#"+line)), " ends in a backslash, and the shell ends it there, with the command before it: remove the line, or the backslash")
		}
		return true
	})
	return bad
}

// continues reports a comment with a backslash at the end of its line.
func (a *analysis) continues(c *syntax.Comment) bool {
	line, _, _ := strings.Cut(a.parsed[c.Pos().Offset():], "\n")
	return strings.HasSuffix(line, `\`)
}
