package probe

import (
	"strings"

	"shellfree/rewrite/invocation"
)

// tcpSocket advises on nc that only connects.
func (a Action) tcpSocket(tool string, args []string, t *texts) (Advice, bool) {
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
				i++ // its value
			}
		default:
			return a.noSocket(tool, tool+"'s "+t.shown(arg)+" does more than connect"), true
		}
	}
	if len(operands) != 2 {
		return a.noSocket(tool, tool+" is not given one host and one port"), true
	}
	return a.connect(tool, address{operands[0], operands[1]}, t), true
}

// device returns the HOST/PORT of a redirection to bash's /dev/tcp, "" without one.
func device(c invocation.Call, t *texts) string {
	for _, f := range c.Files {
		if target, ok := strings.CutPrefix(t.text(f), "/dev/tcp/"); ok {
			return target
		}
	}
	return ""
}

// deviceTCP advises on bash's /dev/tcp/HOST/PORT, which it connects to.
func (a Action) deviceTCP(target string, t *texts) Advice {
	host, port, _ := strings.Cut(target, "/")
	advice := a.connect("bash for /dev/tcp", address{host, port}, t)
	advice.Tool = "bash"
	return advice
}

// connect advises on a tool that connects to an address and no more.
func (a Action) connect(tool string, to address, t *texts) Advice {
	digits, ok := port(to.port, t)
	switch {
	case a.hook():
		return Advice{Message: a.lacks(tool) + ": let the program itself wait for what it needs"}
	case !ok:
		return a.noSocket(tool, "the port "+t.shown(to.port)+" is known in the container only")
	case to.host == "" || !a.local(to.host, t):
		return a.noSocket(tool, "it connects to "+t.shown(to.host)+", and a probe is about the pod itself")
	}
	host, review := a.host(to.host, "tcpSocket", t)
	return Advice{
		Message:     a.lacks(tool) + ": let the kubelet connect with tcpSocket",
		Review:      review,
		Notes:       []string{"timeoutSeconds bounds tcpSocket, and is 1 by default"},
		Replacement: &Replacement{[]field{{key: "tcpSocket", fields: append([]field{number("port", digits)}, host...)}}},
	}
}

func (a Action) noSocket(tool, why string) Advice {
	return Advice{Message: a.lacks(tool) + ", and tcpSocket is not its equal: " + why + ": " + a.shellless()}
}
