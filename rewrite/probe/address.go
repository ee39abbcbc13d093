package probe

import (
	"slices"
	"strconv"
	"strings"
)

// address is where a probe asks. Its texts may hold opaque runes.
type address struct {
	host, port string
}

// splitAddress takes HOST:PORT apart; IPv6 addresses stand in brackets.
func splitAddress(s string) address {
	i := strings.LastIndexByte(s, ':')
	if i < 0 || strings.HasSuffix(s, "]") {
		return address{host: s}
	}
	return address{s[:i], s[i+1:]}
}

// local reports whether a host is the container itself.
func (a Action) local(host string, t *texts) bool {
	switch host {
	case "localhost", "127.0.0.1", "::1", "[::1]", "0.0.0.0", "":
		return true
	}
	return a.podIP(host, t)
}

// podIP reports whether a host is a variable with the pod's own address.
func (a Action) podIP(host string, t *texts) bool {
	name := strings.Trim(t.shown(host), "${}") // in a probe, the kubelet's $(NAME) is empty
	return opaque(host) && len([]rune(host)) == 1 && slices.Contains(a.PodIP, name)
}

// host returns the field that makes the kubelet ask on the loopback address,
// and what a person must check where it asks on the pod's.
func (a Action) host(host, action string, t *texts) ([]field, []string) {
	switch {
	case a.podIP(host, t):
		return nil, nil
	case a.HostNetwork == "true" && host == "[::1]" || a.HostNetwork == "true" && host == "::1":
		return []field{text("host", "::1")}, nil
	case a.HostNetwork == "true":
		return []field{text("host", "127.0.0.1")}, nil
	}
	check := []string{"the program must listen on the pod's address: " + action + " asks there, the command asked on " + t.shown(host)}
	if a.HostNetwork != "" && a.HostNetwork != "false" {
		check = append(check, "hostNetwork is "+a.HostNetwork+": add host: 127.0.0.1 where that is true")
	}
	return nil, check
}

// port returns a port's number or placeholder as it is written. It reports
// false for anything else.
func port(s string, t *texts) (string, bool) {
	if opaque(s) {
		return t.filled(s)
	}
	n, err := strconv.Atoi(s)
	return s, err == nil && n > 0 && n < 1<<16 && strconv.Itoa(n) == s
}
