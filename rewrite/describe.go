package rewrite

import (
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// describe gives a fix its rule and message.
func (f *file) describe(c *command, inv invocation.Invocation, conv invocation.Conversion) {
	shape := inv.Redirection()
	c.finding.Rule = ruleOf(shape)
	c.finding.Message = c.found.Name + " starts " + program(conv, inv) + output(shape, inv) + ": " + advice(conv)
}

// forget names the placeholders that fall away with a redirection. How one must
// be filled is nobody's concern here any more, unless it stands elsewhere too.
func (c *command) forget(inv invocation.Invocation, conv invocation.Conversion) {
	for _, p := range redirected(inv) {
		if inWords(conv.Argv, func(other invocation.Part) bool { return other == p }) {
			continue
		}
		c.dropped = append(c.dropped, p.Text)
		c.finding.Notes = append(c.finding.Notes, "the placeholder "+p.Text+" of the redirection is no longer used here")
		if !inWords(conv.Argv, func(other invocation.Part) bool { return other.Text == p.Text }) {
			c.finding.Review = slices.DeleteFunc(c.finding.Review, func(s string) bool { return strings.HasPrefix(s, p.Text+" must be filled ") })
		}
	}
}

// inWords reports whether a part of the words is one that is looked for.
func inWords(words []invocation.Word, is func(invocation.Part) bool) bool {
	return slices.ContainsFunc(words, func(w invocation.Word) bool { return slices.ContainsFunc(w.Parts, is) })
}

// redirected returns the placeholders in the paths of the redirections.
func redirected(inv invocation.Invocation) []invocation.Part {
	var all []invocation.Part
	for _, d := range []invocation.Destination{inv.Stdout, inv.Stderr} {
		for _, p := range d.Path.Parts {
			if p.Kind == invocation.Placeholder && !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}

func ruleOf(shape invocation.Redirection) rule.Rule {
	switch shape {
	case invocation.None:
		return rule.ExecForm
	case invocation.BothToFile:
		return rule.LogFile
	case invocation.StdoutOnly:
		return rule.LogStdout
	case invocation.StderrOnly:
		return rule.LogStderr
	case invocation.TeeBoth, invocation.TeeStdout:
		return rule.LogTee
	case invocation.Discard:
		return rule.Discard
	}
	return rule.Merge
}

func program(conv invocation.Conversion, inv invocation.Invocation) string {
	if conv.Program != "" {
		return conv.Program
	}
	return inv.Words[0].String()
}

// output says where the program's output goes, as part of a message.
func output(shape invocation.Redirection, inv invocation.Invocation) string {
	path := ""
	if d, ok := inv.File(); ok {
		path = d.Path.String()
	}
	switch shape {
	case invocation.BothToFile:
		return " with its output in " + path
	case invocation.StdoutOnly:
		return " with its stdout in " + path
	case invocation.StderrOnly:
		return " with its stderr in " + path
	case invocation.TeeBoth:
		return " with its output in " + path + " and in the container's log"
	case invocation.TeeStdout:
		return " with its stdout in " + path + " and in the container's log"
	case invocation.Merge:
		return " with its outputs merged"
	case invocation.Discard:
		return " with output to /dev/null"
	}
	return ""
}

// advice says what the exec form looks like.
func advice(conv invocation.Conversion) string {
	switch conv.Sink {
	case "klog":
		return "start it directly, with klog's own flags for the file"
	case "runner":
		return "start it through the log runner"
	case "native":
		return "start it directly, with its own flag for the file"
	case "stdout":
		return "start it directly, its output goes to the container's log"
	}
	return "start it directly"
}
