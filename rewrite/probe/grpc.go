package probe

import "strings"

// adviseGRPC advises on grpc_health_probe. Images bring that program along, so only the
// shell around it is missing. The kubelet can ask for gRPC health itself (grpc, on by
// default from Kubernetes 1.24).
func (a Action) adviseGRPC(tool string, args []string, t *texts) (Advice, bool) {
	if a.Shell == "" || a.isHook() {
		return Advice{}, false
	}
	to, service, ok := grpcTarget(args)
	digits, known := portText(to.port, t)
	name, named := t.manifestText(service)
	if !ok || !known || !named || !a.isLocal(to.host, t) {
		return Advice{}, false
	}
	fields := []field{numberField("port", digits)}
	if name != "" {
		fields = append(fields, textField("service", name))
	}
	return Advice{
		Tool:        a.Shell,
		Message:     a.lackMessage(a.Shell) + ", to start " + tool + ": let the kubelet ask with grpc, or start " + tool + " directly",
		Review:      []string{"the program must listen on the pod's address: grpc asks there, and has no host"},
		Notes:       []string{"grpc probes are on by default from Kubernetes 1.24", "timeoutSeconds bounds grpc, and is 1 by default"},
		Replacement: &Replacement{[]field{{key: "grpc", fields: fields}}},
	}, true
}

// grpcTarget returns the address and the service that the flags of grpc_health_probe
// name, false where a flag has no counterpart in the kubelet's probe, such as -tls.
func grpcTarget(args []string) (to address, service string, ok bool) {
	for i := 0; i < len(args); i++ {
		name, value, joined := strings.Cut(strings.TrimLeft(args[i], "-"), "=")
		if !strings.HasPrefix(args[i], "-") {
			return to, service, false
		}
		if !joined {
			if i++; i >= len(args) {
				return to, service, false
			}
			value = args[i]
		}
		switch name {
		case "addr":
			to, ok = splitAddress(value), true
		case "service":
			service = value
		case "connect-timeout", "rpc-timeout", "user-agent":
		default:
			return to, service, false
		}
	}
	return to, service, ok
}
