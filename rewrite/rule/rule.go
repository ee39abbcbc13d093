// Package rule lists what shellfree can report: stable codes and their names.
package rule

import (
	"strings"

	"shellfree/internal/suggestion"
)

// Rule is one kind of finding. A code is stable and never used again for
// another meaning; its page is docs/rules/CODE.md.
type Rule struct {
	Code    string // SF102
	Name    string // log-file
	Summary string // one lower-case phrase: what it finds
}

// The rules, by code. SF0xx could not be judged, SF1xx have an exec form, SF2xx
// need the shell, SF3xx break with the shell's tools or break already, SF4xx start
// a program with log flags that don't fit it, SF5xx are about exceptions.
var (
	Unparsable      = Rule{"SF001", "unparsable", "file may hold a shell command but can't be read"}
	Unlocatable     = Rule{"SF002", "unlocatable", "shell command whose bytes can't be placed"}
	BadScript       = Rule{"SF003", "bad-script", "script is not valid shell"}
	TooLarge        = Rule{"SF004", "too-large", "file is larger than --max-file-size"}
	InternalCheck   = Rule{"SF090", "internal-check", "a proof failed and nothing was changed"}
	ExecForm        = Rule{"SF101", "exec-form", "shell starts one program without redirection"}
	LogFile         = Rule{"SF102", "log-file", "both outputs go to one file"}
	LogStdout       = Rule{"SF103", "log-stdout", "stdout goes to a file, stderr is kept"}
	LogStderr       = Rule{"SF104", "log-stderr", "stderr goes to a file, stdout is kept"}
	LogTee          = Rule{"SF105", "log-tee", "output goes to a file and to the container's log"}
	Merge           = Rule{"SF106", "merge", "the outputs are only merged"}
	Discard         = Rule{"SF107", "discard", "output goes to /dev/null"}
	SeveralCommands = Rule{"SF201", "several-commands", "script runs several commands"}
	Pipeline        = Rule{"SF202", "pipeline", "script is a pipeline other than tee"}
	Expansion       = Rule{"SF203", "expansion", "shell expands something that the exec form can't"}
	Pattern         = Rule{"SF204", "pattern", "shell expands a pattern, a tilde or braces"}
	Compound        = Rule{"SF205", "compound", "script uses a builtin or a compound command"}
	OtherRedirect   = Rule{"SF206", "redirection", "redirection that no log sink replaces"}
	Positional      = Rule{"SF207", "positional", "words stand after the script"}
	Environment     = Rule{"SF208", "environment", "script sets the environment"}
	Placeholder     = Rule{"SF209", "placeholder", "placeholder may hold several words"}
	TemplateControl = Rule{"SF210", "template-control", "template control block inside the command"}
	ScriptFile      = Rule{"SF211", "script-file", "the program itself is a script"}
	Elsewhere       = Rule{"SF212", "elsewhere", "wrapper runs the program elsewhere, as another user or many times"}
	ImageEntrypoint = Rule{"SF213", "image-entrypoint", "the image's entrypoint decides what args mean"}
	ShellFlags      = Rule{"SF214", "shell-flags", "shell or its flags change what the script means"}
	NoSink          = Rule{"SF215", "no-sink", "no log sink is right for the program"}
	BareShell       = Rule{"SF216", "bare-shell", "a shell without a script"}
	ProbeTool       = Rule{"SF301", "probe-tool", "probe or hook runs a tool that distroless images lack"}
	LessThanMeant   = Rule{"SF302", "probe-always-passes", "the shell runs less than was meant"}
	KlogRemoved     = Rule{"SF401", "klog-removed", "klog flag that the program's version rejects"}
	KlogNoEffect    = Rule{"SF402", "klog-no-effect", "klog flag that has no effect"}
	Expired         = Rule{"SF501", "exception-expired", "exception whose last day is over"}
	Unused          = Rule{"SF502", "exception-unused", "exception that covers nothing"}
	BadException    = Rule{"SF503", "exception-reason", "exception without reason, or misspelt"}
)

// All returns every rule in the order of the codes.
func All() []Rule {
	return []Rule{
		Unparsable, Unlocatable, BadScript, TooLarge, InternalCheck,
		ExecForm, LogFile, LogStdout, LogStderr, LogTee, Merge, Discard,
		SeveralCommands, Pipeline, Expansion, Pattern, Compound, OtherRedirect, Positional, Environment,
		Placeholder, TemplateControl, ScriptFile, Elsewhere, ImageEntrypoint, ShellFlags, NoSink, BareShell,
		ProbeTool, LessThanMeant, KlogRemoved, KlogNoEffect,
		Expired, Unused, BadException,
	}
}

// Advisory reports a rule whose findings stand beside the one conversion finding
// that every shell command has, and may occur without a shell: SF3xx to SF5xx.
func (r Rule) Advisory() bool { return r.Code >= "SF3" }

// ClaimsSafe reports a rule whose fixes need no person when no doubt is left. A rule
// that claims nothing is for review.
func (r Rule) ClaimsSafe() bool {
	switch r {
	case ExecForm, LogFile, LogStdout, LogStderr, LogTee, Merge, Discard, KlogRemoved:
		return true
	}
	return false
}

// OfExceptions reports a rule about exceptions, SF5xx, which can't be excepted.
func (r Rule) OfExceptions() bool { return r.Code >= "SF5" }

// ByCode returns the rule of a code such as SF102.
func ByCode(code string) (Rule, bool) {
	for _, r := range All() {
		if r.Code == code {
			return r, true
		}
	}
	return Rule{}, false
}

// Suggest says which rule was probably meant by a code or name that is not
// known, as the end of a message.
func Suggest(word string) string {
	var near []string
	for _, r := range All() {
		if suggestion.Misspelt(word, r.Code) || suggestion.Misspelt(word, r.Name) {
			near = append(near, r.Code+" "+r.Name)
		}
	}
	if len(near) == 0 || len(near) > 5 {
		return "shellfree explain lists them"
	}
	return "did you mean " + strings.Join(near, " or ") + "?"
}
