package probe

import (
	"slices"
	"strconv"
	"strings"
)

// address is the host and port that a probe asks. Both may hold opaque runes.
type address struct {
	host, port string
}

// splitAddress splits HOST:PORT. An IPv6 address stands in brackets.
func splitAddress(s string) address {
	i := strings.LastIndexByte(s, ':')
	if i < 0 || strings.HasSuffix(s, "]") {
		return address{host: s}
	}
	return address{s[:i], s[i+1:]}
}

// isLocal reports whether a host is the container itself.
func (a Action) isLocal(host string, t *texts) bool {
	switch host {
	case "localhost", "127.0.0.1", "::1", "[::1]", "0.0.0.0", "":
		return true
	}
	return a.isPodIP(host, t)
}

// isPodIP reports whether a host is a variable with the pod's own address.
func (a Action) isPodIP(host string, t *texts) bool {
	name := strings.Trim(t.fileText(host), "${}") // in a probe, the kubelet's $(NAME) is empty
	return isOpaque(host) && len([]rune(host)) == 1 && slices.Contains(a.PodIP, name)
}

// hostField returns the field host that makes the kubelet ask on the loopback
// address, none where it asks on the pod's, and the reviews for that.
func (a Action) hostField(host, action string, t *texts) ([]field, []string) {
	switch {
	case a.isPodIP(host, t):
		return nil, nil
	case a.HostNetwork == "true" && host == "[::1]" || a.HostNetwork == "true" && host == "::1":
		return []field{textField("host", "::1")}, nil
	case a.HostNetwork == "true":
		return []field{textField("host", "127.0.0.1")}, nil
	}
	check := []string{"the program must listen on the pod's address: " + action + " asks there, the command asked on " + t.fileText(host)}
	if a.HostNetwork != "" && a.HostNetwork != "false" {
		check = append(check, "hostNetwork is "+a.HostNetwork+": add host: 127.0.0.1 where that is true")
	}
	return nil, check
}

// portText returns the number or placeholder of a port as it is written, false for
// any other text.
func portText(s string, t *texts) (string, bool) {
	if isOpaque(s) {
		return t.manifestText(s)
	}
	n, err := strconv.Atoi(s)
	return s, err == nil && n > 0 && n < 1<<16 && strconv.Itoa(n) == s
}
