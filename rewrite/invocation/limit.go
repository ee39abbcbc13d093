package invocation

import (
	"strconv"
	"strings"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/rule"
)

// maxScript is the longest script in bytes that can be started: Linux passes no
// longer string to a program (MAX_ARG_STRLEN less the final NUL,
// include/uapi/linux/binfmts.h).
const maxScript = 128<<10 - 1

// maxOpeners bounds what may be nested in a script. The shell's parser calls
// itself for each level, and Go ends a program whose stack gets too deep.
const maxOpeners = 4096

// checkLimits refuses a script that is too long to start, or too deep to read.
func (a *analysis) checkLimits() *Obstacle {
	if size := a.size(); size > maxScript {
		return obstacle(rule.BadScript, "the script has "+strconv.Itoa(size)+" bytes, and Linux starts no program with an argument of more than ",
			strconv.Itoa(maxScript), ": move it into a file of the image")
	}
	// Closing ones are not subtracted: they may stand in quotes.
	openers := 0
	for _, opener := range []string{"(", "{", "[", "`"} {
		openers += strings.Count(a.Text, opener)
	}
	if openers > maxOpeners {
		return obstacle(rule.BadScript, "the script has "+strconv.Itoa(openers)+" brackets and backquotes, and no more than ",
			strconv.Itoa(maxOpeners), " are read: move it into a file of the image")
	}
	return nil
}

// size returns the length of the script in bytes once the kubelet has expanded
// it, as far as the values are known.
func (a *analysis) size() int {
	if len(a.Text) > maxScript || a.Place == expansion.Hook {
		return len(a.Text)
	}
	size := 0
	for _, t := range expansion.Parse(a.Text, a.declared) {
		size += len(t.Text)
		if t.Name != "" {
			size += len(a.binding(t.Name).Value)
		}
	}
	return size
}
