package probe

import "strings"

// grpc advises on grpc_health_probe, which an image brings along: only the
// shell around it is lacking, and the kubelet asks for gRPC health itself
// (grpc, on by default from Kubernetes 1.24).
func (a Action) grpc(tool string, args []string, t *texts) (Advice, bool) {
	if a.Shell == "" || a.hook() {
		return Advice{}, false
	}
	to, service, ok := grpcTarget(args)
	digits, known := port(to.port, t)
	name, named := t.filled(service)
	if !ok || !known || !named || !a.local(to.host, t) {
		return Advice{}, false
	}
	fields := []field{number("port", digits)}
	if name != "" {
		fields = append(fields, text("service", name))
	}
	return Advice{
		Tool:        a.Shell,
		Message:     a.lacks(a.Shell) + ", to start " + tool + ": let the kubelet ask with grpc, or start " + tool + " directly",
		Review:      []string{"the program must listen on the pod's address: grpc asks there, and has no host"},
		Notes:       []string{"grpc probes are on by default from Kubernetes 1.24", "timeoutSeconds bounds grpc, and is 1 by default"},
		Replacement: &Replacement{[]field{{key: "grpc", fields: fields}}},
	}, true
}

// grpcTarget reads the flags of grpc_health_probe. It reports false for those
// that the kubelet's probe has no counterpart of, such as -tls.
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
