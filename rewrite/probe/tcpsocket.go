package probe

import (
	"strings"

	"shellfree/rewrite/invocation"
)

// adviseTCPSocket advises on nc.
func (a Action) adviseTCPSocket(tool string, args []string, t *texts) (Advice, bool) {
	var operands []string
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if len(arg) < 2 || arg[0] != '-' {
			operands = append(operands, arg)
			continue
		}
		switch letters := strings.TrimLeft(arg[1:], "zvn46N"); {
		case letters == "":
		case strings.Trim(letters, "0123456789") == "w" || strings.Trim(letters, "0123456789") == "q":
			if len(letters) == 1 {
				i++ // the next word is its value
			}
		default:
			return a.refuseSocket(tool, tool+"'s "+t.fileText(arg)+" does more than connect"), true
		}
	}
	if len(operands) != 2 {
		return a.refuseSocket(tool, tool+" is not given one host and one port"), true
	}
	return a.adviseConnect(tool, address{operands[0], operands[1]}, t), true
}

// deviceTarget returns the HOST/PORT of a redirection to bash's /dev/tcp, "" without
// one.
func deviceTarget(c invocation.Call, t *texts) string {
	for _, f := range c.Files {
		if target, ok := strings.CutPrefix(t.encodeWord(f), "/dev/tcp/"); ok {
			return target
		}
	}
	return ""
}

// adviseDevice advises on a redirection to /dev/tcp/HOST/PORT, by which bash opens a
// connection.
func (a Action) adviseDevice(target string, t *texts) Advice {
	host, port, _ := strings.Cut(target, "/")
	advice := a.adviseConnect("bash for /dev/tcp", address{host, port}, t)
	advice.Tool = "bash"
	return advice
}

// adviseConnect advises on a tool that only connects to an address.
func (a Action) adviseConnect(tool string, to address, t *texts) Advice {
	digits, ok := portText(to.port, t)
	switch {
	case a.isHook():
		return Advice{Message: a.lackMessage(tool) + ": let the program itself wait for what it needs"}
	case !ok:
		return a.refuseSocket(tool, "the port "+t.fileText(to.port)+" is known in the container only")
	case to.host == "" || !a.isLocal(to.host, t):
		return a.refuseSocket(tool, "it connects to "+t.fileText(to.host)+", and a probe is about the pod itself")
	}
	host, review := a.hostField(to.host, "tcpSocket", t)
	return Advice{
		Message:     a.lackMessage(tool) + ": let the kubelet connect with tcpSocket",
		Review:      review,
		Notes:       []string{"timeoutSeconds bounds tcpSocket, and is 1 by default"},
		Replacement: &Replacement{[]field{{key: "tcpSocket", fields: append([]field{numberField("port", digits)}, host...)}}},
	}
}

// refuseSocket returns the advice for a tool that tcpSocket can't replace.
func (a Action) refuseSocket(tool, why string) Advice {
	return Advice{Message: a.lackMessage(tool) + ", and tcpSocket is not its equal: " + why + ": " + a.shellAdvice()}
}
