// Package probe knows the tools that exec probes and lifecycle hooks run and that an
// image without a shell does not have, and the kubelet's own actions in their place:
// httpGet, tcpSocket, grpc and sleep (k8s.io/api/core/v1 ProbeHandler and
// LifecycleHandler).
package probe

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
)

// Action describes the command of an exec probe or lifecycle hook.
type Action struct {
	// Site is livenessProbe, readinessProbe, startupProbe, postStart or preStop.
	Site string
	// Shell is the program that needs a shell in the image: the shell itself, or a
	// script file; "" where the array starts its program directly.
	Shell string
	// Script is set where Shell is a script file.
	Script bool
	// Stays is set where the shell can't be taken out of the array.
	Stays bool
	// Calls are the commands that it runs, as far as they can be read.
	Calls []invocation.Call
	// Alone is set where the first call is the only one and its exit status is that
	// of the command.
	Alone bool

	// HostNetwork and Grace are the pod's hostNetwork and
	// terminationGracePeriodSeconds as in the manifest, "" when absent.
	HostNetwork, Grace string
	// PodIP holds the names of the container's variables with the pod's address.
	PodIP []string
	// NoSleep is set where the cluster's version has no sleep action.
	NoSleep bool
}

// Advice is the text of a finding about an action.
type Advice struct {
	Tool    string // base name of the first tool that is missing
	Message string
	Review  []string // sentences that a person must check before the replacement is used
	Notes   []string // differences that need no check
	// Replacement is to be pasted in the place of exec; nil where there is none.
	Replacement *Replacement
}

// Handler is an action of the kubelet that can replace a tool.
type Handler struct {
	Name   string // its key in the API, in lower case: httpget
	tools  string
	advise func(a Action, tool string, args []string, t *texts) (Advice, bool)
}

// Handlers returns every handler. A new one is a file and a line here.
func Handlers() []Handler {
	return []Handler{
		{"httpget", "curl wget", Action.adviseHTTPGet},
		{"tcpsocket", "nc ncat netcat", Action.adviseTCPSocket},
		{"grpc", "grpc_health_probe grpc-health-probe", Action.adviseGRPC},
		{"sleep", "sleep", Action.adviseSleep},
	}
}

// Advise returns the advice for an action in an image without shell and tools, false
// where the action runs none of the tools that are known here.
func Advise(a Action) (Advice, bool) {
	if a.Alone {
		if advice, ok := a.adviseSingle(); ok {
			return advice, true
		}
	}
	if tools := a.lackingNames(); len(tools) > 0 {
		return a.adviseSeveral(tools), true
	}
	switch {
	case a.Shell == "" || !a.Stays:
		return Advice{}, false
	case a.Script:
		return Advice{Tool: path.Base(a.Shell), Message: a.describe() + " runs " + a.Shell + ", a script, and a distroless image has no shell for it: " + a.shellAdvice()}, true
	}
	return Advice{Tool: path.Base(a.Shell), Message: a.lackMessage(a.Shell) + ": clear the obstacle that is reported with it, or " + a.shellAdvice()}, true
}

// isHook reports whether the action is a lifecycle hook.
func (a Action) isHook() bool { return a.Site == "postStart" || a.Site == "preStop" }

// describe returns the action's name for a message.
func (a Action) describe() string {
	if a.isHook() {
		return "the " + a.Site + " hook"
	}
	return "the " + a.Site
}

// lackMessage returns the beginning of a message about missing tools.
func (a Action) lackMessage(tools ...string) string {
	list := tools[0]
	if n := len(tools) - 1; n > 0 {
		list = strings.Join(tools[:n], ", ") + " and " + tools[n]
	}
	return a.describe() + " runs " + list + ", which a distroless image lacks"
}

// shellAdvice returns what to do instead of running a shell.
func (a Action) shellAdvice() string {
	if a.isHook() {
		return "let the program itself do that work, when it starts or on SIGTERM, or add a program for it to the image"
	}
	return "probe the program with httpGet, tcpSocket or grpc, or add a program for the check to the image"
}

// adviseSingle advises on an action with one call.
func (a Action) adviseSingle() (Advice, bool) {
	call, t := a.Calls[0], &texts{}
	if target := deviceTarget(call, t); target != "" {
		return a.adviseDevice(target, t), true
	}
	words, timeout := withoutTimeout(call.Words)
	if len(words) == 0 || !words[0].IsLiteral() {
		return Advice{}, false
	}
	name, args := toolAndArgs(words, t)
	advice, found := a.adviseTool(name, args, t)
	if !found && timeout {
		name, found = "timeout", true
		advice = Advice{Message: a.lackMessage(name) + ": start the program directly, " + timeoutTool.adviceFor(a)}
	}
	if found && usesFile(call, t) {
		advice = Advice{Message: a.lackMessage(name) + ", and a redirection reads or writes a file: " + a.shellAdvice()}
	}
	advice.Tool = cmp.Or(advice.Tool, name)
	return advice, found
}

// toolAndArgs returns the name and the arguments of the tool that a call runs.
func toolAndArgs(words []invocation.Word, t *texts) (name string, args []string) {
	for _, w := range words[1:] {
		args = append(args, t.encodeWord(w))
	}
	if name = toolName(words[0].String()); name == "busybox" && len(args) > 0 {
		return args[0], args[1:]
	}
	return name, args
}

// adviseTool advises on one tool by its name.
func (a Action) adviseTool(name string, args []string, t *texts) (Advice, bool) {
	for _, h := range Handlers() {
		if invocation.Lists(h.tools, name) {
			return h.advise(a, name, args, t)
		}
	}
	tool, ok := absentTool(name)
	if !ok {
		return Advice{}, false
	}
	return Advice{Message: a.lackMessage(name) + ": " + tool.adviceFor(a)}, true
}

// usesFile reports whether a redirection of the call reads or writes a file outside
// of /dev.
func usesFile(c invocation.Call, t *texts) bool {
	return slices.ContainsFunc(c.Files, func(f invocation.Word) bool { return !strings.HasPrefix(t.encodeWord(f), "/dev/") })
}

// withoutTimeout returns a call's words without timeout and its options, and whether
// timeout was there.
func withoutTimeout(words []invocation.Word) (rest []invocation.Word, timeout bool) {
	argv := make([]string, len(words))
	for i, w := range words {
		argv[i] = w.String()
	}
	for len(argv) > 0 && toolName(argv[0]) == "timeout" {
		at := min(invocation.Wrapped(argv), len(argv))
		argv, words, timeout = argv[at:], words[at:], true
	}
	return words, timeout
}

// lackingNames returns the names of the missing tools that the calls run, and before
// them the shell where it stays.
func (a Action) lackingNames() []string {
	var names []string
	for _, c := range a.Calls {
		if len(c.Words) == 0 || !c.Words[0].IsLiteral() {
			continue
		}
		name := toolName(c.Words[0].String())
		if t, ok := absentTool(name); ok && !(t.builtin && a.Shell != "") && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) > 0 && a.Stays {
		names = slices.Insert(names, 0, a.Shell)
	}
	return names
}

// adviseSeveral advises on an action with several calls.
func (a Action) adviseSeveral(tools []string) Advice {
	message := a.lackMessage(tools...) + ": " + a.shellAdvice()
	if !a.isHook() && slices.ContainsFunc(tools, func(t string) bool { return t == "curl" || t == "wget" }) {
		message += "; httpGet looks at the status of the answer and not at its body"
	}
	return Advice{Tool: path.Base(tools[0]), Message: message}
}
