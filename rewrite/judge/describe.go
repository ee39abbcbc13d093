package judge

import (
	"cmp"
	"slices"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// describe writes the message of a fix.
func describe(shell string, inv invocation.Invocation, conv invocation.Conversion) string {
	return shell + " starts " + program(conv, inv) + output(inv) + ": " + cmp.Or(conv.Sink.Says, "start it directly")
}

// droppedPlaceholders returns the placeholders that fall away with a redirection.
func droppedPlaceholders(inv invocation.Invocation, conv invocation.Conversion) []string {
	var all []string
	for _, p := range redirected(inv) {
		if !inWords(conv.Argv, func(other invocation.Part) bool { return other == p }) {
			all = append(all, p.Text)
		}
	}
	return all
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

// ruleOf returns the rule of a redirection that has an exec form.
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
func output(inv invocation.Invocation) string {
	path := ""
	if d, ok := inv.File(); ok {
		path = d.Path.String()
	}
	switch inv.Redirection() {
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
