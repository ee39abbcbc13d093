// Package probe knows what exec probes and lifecycle hooks run that an image
// without a shell and its usual tools lacks, and what the kubelet offers in
// their place: httpGet, tcpSocket, grpc and sleep (k8s.io/api/core/v1
// ProbeHandler and LifecycleHandler).
package probe

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
)

// Action is what an exec probe or lifecycle hook runs.
type Action struct {
	// Site is livenessProbe, readinessProbe, startupProbe, postStart or preStop.
	Site string
	// Shell is what needs a shell: the shell itself, or a script file; "" where
	// the array starts its program directly.
	Shell string
	// Script is set where Shell is a script file.
	Script bool
	// Stays is set where the shell can't be taken out of the array.
	Stays bool
	// Calls are the commands that it runs, as far as they can be read.
	Calls []invocation.Call
	// Alone reports whether the first call is all, and its status decides.
	Alone bool

	// HostNetwork and Grace are the pod's hostNetwork and
	// terminationGracePeriodSeconds as in the manifest, "" when absent.
	HostNetwork, Grace string
	// PodIP names the container's variables that hold the pod's address.
	PodIP []string
	// NoSleep is set where the cluster's version has no sleep action.
	NoSleep bool
}

// Advice is what is to be said of an action.
type Advice struct {
	Tool    string // base name of the first tool that is lacking
	Message string
	Review  []string // what a person must check before the replacement is used
	Notes   []string // what differs with it and needs no check
	// Replacement stands in the place of exec; nil where nothing equals it.
	Replacement *Replacement
}

// Handler is what the kubelet does itself in the place of a tool.
type Handler struct {
	Name   string // its key in lower case: httpget
	tools  string
	advise func(a Action, tool string, args []string, t *texts) (Advice, bool)
}

// Handlers returns every handler; a new one is a file and a line here.
func Handlers() []Handler {
	return []Handler{
		{"httpget", "curl wget", Action.httpGet},
		{"tcpsocket", "nc ncat netcat", Action.tcpSocket},
		{"grpc", "grpc_health_probe grpc-health-probe", Action.grpc},
		{"sleep", "sleep", Action.sleep},
	}
}

// Advise says what an image without shell and tools lacks for an action. It
// reports false where it lacks nothing that is known here.
func Advise(a Action) (Advice, bool) {
	if a.Alone {
		if advice, ok := a.single(); ok {
			return advice, true
		}
	}
	if tools := a.tools(); len(tools) > 0 {
		return a.several(tools), true
	}
	switch {
	case a.Shell == "" || !a.Stays:
		return Advice{}, false
	case a.Script:
		return Advice{Tool: path.Base(a.Shell), Message: a.what() + " runs " + a.Shell + ", a script, and a distroless image has no shell for it: " + a.shellless()}, true
	}
	return Advice{Tool: path.Base(a.Shell), Message: a.lacks(a.Shell) + ": mend what keeps it, or " + a.shellless()}, true
}

// hook reports whether the action is a lifecycle hook.
func (a Action) hook() bool { return a.Site == "postStart" || a.Site == "preStop" }

// what names the action in a message.
func (a Action) what() string {
	if a.hook() {
		return "the " + a.Site + " hook"
	}
	return "the " + a.Site
}

// lacks begins a message about tools.
func (a Action) lacks(tools ...string) string {
	list := tools[0]
	if n := len(tools) - 1; n > 0 {
		list = strings.Join(tools[:n], ", ") + " and " + tools[n]
	}
	return a.what() + " runs " + list + ", which a distroless image lacks"
}

// shellless says what to do instead of a shell.
func (a Action) shellless() string {
	if a.hook() {
		return "let the program itself do that work, when it starts or on SIGTERM, or add a program for it to the image"
	}
	return "probe the program with httpGet, tcpSocket or grpc, or add a program for the check to the image"
}

// single advises on an action that is one call.
func (a Action) single() (Advice, bool) {
	call, t := a.Calls[0], &texts{}
	if target := device(call, t); target != "" {
		return a.deviceTCP(target, t), true
	}
	words, timeout := unwrapped(call.Words)
	if len(words) == 0 || !words[0].IsLiteral() {
		return Advice{}, false
	}
	name, args := named(words, t)
	advice, found := a.tool(name, args, t)
	if !found && timeout {
		name, found = "timeout", true
		advice = Advice{Message: a.lacks(name) + ": start the program directly, " + timeouts.advice(a)}
	}
	if found && redirects(call, t) {
		advice = Advice{Message: a.lacks(name) + ", and a redirection reads or writes a file: " + a.shellless()}
	}
	advice.Tool = cmp.Or(advice.Tool, name)
	return advice, found
}

// named returns a call's tool and its arguments.
func named(words []invocation.Word, t *texts) (name string, args []string) {
	for _, w := range words[1:] {
		args = append(args, t.text(w))
	}
	if name = toolName(words[0].String()); name == "busybox" && len(args) > 0 {
		return args[0], args[1:]
	}
	return name, args
}

// tool advises on one tool by its name.
func (a Action) tool(name string, args []string, t *texts) (Advice, bool) {
	for _, h := range Handlers() {
		if invocation.Lists(h.tools, name) {
			return h.advise(a, name, args, t)
		}
	}
	tool, ok := lacking(name)
	if !ok {
		return Advice{}, false
	}
	return Advice{Message: a.lacks(name) + ": " + tool.advice(a)}, true
}

// redirects reports whether a redirection of the call is about a file.
func redirects(c invocation.Call, t *texts) bool {
	return slices.ContainsFunc(c.Files, func(f invocation.Word) bool { return !strings.HasPrefix(t.text(f), "/dev/") })
}

// unwrapped returns the words of the program that timeout starts.
func unwrapped(words []invocation.Word) (rest []invocation.Word, timeout bool) {
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

// tools names what the calls run that is lacking, first a shell that stays.
func (a Action) tools() []string {
	var names []string
	for _, c := range a.Calls {
		if len(c.Words) == 0 || !c.Words[0].IsLiteral() {
			continue
		}
		name := toolName(c.Words[0].String())
		if t, ok := lacking(name); ok && !(t.builtin && a.Shell != "") && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) > 0 && a.Stays {
		names = slices.Insert(names, 0, a.Shell)
	}
	return names
}

// several advises on an action that is more than one call.
func (a Action) several(tools []string) Advice {
	message := a.lacks(tools...) + ": " + a.shellless()
	if !a.hook() && slices.ContainsFunc(tools, func(t string) bool { return t == "curl" || t == "wget" }) {
		message += "; httpGet looks at the status of the answer and not at its body"
	}
	return Advice{Tool: path.Base(tools[0]), Message: message}
}
