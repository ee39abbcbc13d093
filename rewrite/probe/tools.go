package probe

import (
	"path"
	"slices"

	"shellfree/rewrite/invocation"
)

// tool is a group of programs that no distroless image has. Those images hold the C
// library, certificates and the program, and none of coreutils, grep, procps or the
// network clients (github.com/GoogleContainerTools/distroless).
type tool struct {
	names string
	// builtin is set for commands that every shell runs itself.
	builtin bool
	probe   string // the advice for a probe
	hook    string // the advice for a hook
}

// Advice where the kubelet has no action of its own.
const (
	ownWork   = "let the program itself do that when it starts or on SIGTERM, or an init container before it"
	ownSignal = "the kubelet sends SIGTERM, or the image's STOPSIGNAL, to the container's first process: let the program act on that"
	ownView   = "let the program judge its state and serve it over httpGet or grpc, or add a program for the check to the image"
)

// absentTools lists the tools, grouped by what they do.
var absentTools = []tool{
	{names: "curl wget", probe: "use httpGet", hook: "use httpGet"},
	{names: "nc ncat netcat telnet", probe: "use tcpSocket", hook: "let the program itself do that on SIGTERM"},
	{names: "sleep", probe: "initialDelaySeconds and periodSeconds say when to probe", hook: "use the sleep action"},
	{names: "true", builtin: true, probe: "a probe that always passes can go", hook: "a hook that does nothing can go"},
	{names: "test [ false echo printf", builtin: true, hook: ownWork, probe: ownView},
	{names: "cat stat ls find head tail md5sum sha1sum sha256sum cmp diff du df readlink wc", hook: ownWork, probe: ownView},
	{names: "pgrep pidof ps top", hook: ownWork,
		probe: "the kubelet itself restarts a container whose first process ends, so drop the probe, or use httpGet, tcpSocket or grpc to ask whether the program works"},
	{names: "kill", builtin: true, hook: ownSignal, probe: ownView},
	{names: "killall pkill", hook: ownSignal, probe: ownView},
	{names: "grep egrep fgrep sed awk gawk cut sort uniq tr seq expr tee xargs", hook: ownWork, probe: ownView},
	{names: "touch rm mkdir rmdir cp mv ln chmod chown mktemp", hook: ownWork, probe: ownView},
	{names: "date hostname id whoami uname", hook: ownWork, probe: ownView},
	{names: "nslookup dig host getent", hook: ownWork, probe: "use tcpSocket, or httpGet, on a port of the program: a probe must not depend on the cluster's DNS"},
	{names: "ping lsof ss netstat", hook: ownWork, probe: "use tcpSocket, or httpGet, on a port of the program"},
	timeoutTool,
}

var timeoutTool = tool{names: "timeout", probe: "and let timeoutSeconds bound the probe", hook: "and let terminationGracePeriodSeconds bound the hook"}

// absentTool returns the tool with a name, false where there is none.
func absentTool(name string) (tool, bool) {
	i := slices.IndexFunc(absentTools, func(t tool) bool { return name != "" && invocation.Lists(t.names, name) })
	if i < 0 {
		return tool{}, false
	}
	return absentTools[i], true
}

// adviceFor returns what to do instead of running the tool.
func (t tool) adviceFor(a Action) string {
	if a.isHook() {
		return t.hook
	}
	return t.probe
}

// toolName returns the base name of a program in a folder of the system. A program
// in another folder is the image's own and keeps its path.
func toolName(program string) string {
	switch folder, name := path.Split(program); folder {
	case "", "/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/":
		return name
	}
	return program
}
