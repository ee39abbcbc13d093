package proof

import (
	"fmt"
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
)

// Words checks that a new array holds every word of the program in order, and
// besides them only the log sink's: flags, those of its Sink too, and one log
// runner where the sink starts one. The flags are those of all sinks.
func Words(words, argv []invocation.Word, sink invocation.Sink, flags []invocation.Flag) error {
	c := wordCheck{words: words, flags: flags}
	front := sink.Front
	for _, w := range argv {
		ofSink := c.flag(w) != nil
		if !ofSink { // a sink's own flag says nothing about where the words are
			c.skip(w.String())
		}
		switch {
		case c.next(w):
			c.at++
		case ofSink, slices.Contains(sink.Flags, flagName(w)):
		case front:
			front = false
		default:
			return fmt.Errorf("the array has %q where the script has other words", w.String())
		}
	}
	c.skip("")
	if c.at < len(words) {
		return fmt.Errorf("the array lacks %q", words[c.at].String())
	}
	return nil
}

// wordCheck is a place among the old words.
type wordCheck struct {
	words []invocation.Word
	flags []invocation.Flag
	at    int
}

// next reports whether the word at the place is w.
func (c *wordCheck) next(w invocation.Word) bool {
	return c.at < len(c.words) && c.words[c.at].String() == w.String() && c.words[c.at].Several == w.Several
}

// skip passes over the words that a sink may replace, up to a word.
func (c *wordCheck) skip(until string) {
	for c.at < len(c.words) && c.words[c.at].String() != until && c.replaceable(c.at) {
		c.at++
	}
}

// replaceable reports a log flag that a sink may replace, or the value that
// follows one as a word of its own.
func (c *wordCheck) replaceable(i int) bool {
	if c.flag(c.words[i]) != nil {
		return true
	}
	if i == 0 || strings.Contains(c.words[i-1].String(), "=") {
		return false
	}
	before := c.flag(c.words[i-1])
	return before != nil && !before.Bool
}

// flag returns the log flag that a word is, nil for any other word.
func (c *wordCheck) flag(w invocation.Word) *invocation.Flag {
	name := flagName(w)
	if i := slices.IndexFunc(c.flags, func(f invocation.Flag) bool { return f.Name == name }); i >= 0 && name != "" {
		return &c.flags[i]
	}
	return nil
}

// flagName returns the name of the flag that a word begins with, as
// [invocation.Flag] has it, "" for a word without dashes.
func flagName(w invocation.Word) string {
	name, _, _ := strings.Cut(w.String(), "=")
	if !strings.HasPrefix(name, "-") {
		return ""
	}
	return strings.ReplaceAll(strings.TrimLeft(name, "-"), "_", "-")
}
