package probe_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/probe"
)

// action builds a livenessProbe's action from what a manifest would have.
func action(t *testing.T, command ...string) probe.Action {
	t.Helper()
	s := invocation.Script{Place: expansion.Probe, Marks: []invocation.Mark{{Word: "xMARKx", Text: "{{m}}"}}}
	a := probe.Action{Site: "livenessProbe"}
	shell, found := invocation.FindShell(command)
	if !found {
		a.Calls, a.Alone = []invocation.Call{s.Call(command)}, true
		return a
	}
	a.Shell, a.Stays = command[shell.Index], true
	s.Shell, s.Text = shell, command[shell.Script]
	o, ok := s.Outline()
	if !ok {
		t.Fatalf("%q is no script", s.Text)
	}
	a.Calls, a.Alone = o.Calls, o.Alone
	return a
}

// pasteText returns the replacement on one line, "" without one.
func pasteText(a probe.Advice) string {
	if a.Replacement == nil {
		return ""
	}
	text, _ := a.Replacement.Write(probe.Flow, 0, nil)
	return text
}

func TestReplacements(t *testing.T) {
	for command, want := range map[string]string{
		// URLs
		"curl -f http://localhost/healthz":              `httpGet: {path: "/healthz", port: 80}`,
		"curl -f localhost:8080":                        `httpGet: {path: "/", port: 8080}`,
		"curl -f localhost:8080?a=b":                    `httpGet: {path: "/?a=b", port: 8080}`,
		"curl -f https://127.0.0.1:6443/livez#x":        `httpGet: {path: "/livez", port: 6443, scheme: "HTTPS"}`,
		"curl -f HTTPS://0.0.0.0":                       `httpGet: {path: "/", port: 443, scheme: "HTTPS"}`,
		"curl -f http://[::1]:80/":                      `httpGet: {path: "/", port: 80}`,
		"curl -f http://localhost:xMARKx/axMARKx":       `httpGet: {path: "/a{{m}}", port: {{m}}}`,
		"curl -f --url http://localhost/":               `httpGet: {path: "/", port: 80}`,
		"curl -f -- http://localhost/":                  `httpGet: {path: "/", port: 80}`,
		"curl -f http://localhost:http/":                "",
		"curl -f http://localhost:0/":                   "",
		"curl -f http://localhost:65536/":               "",
		"curl -f http://localhost:080/":                 "",
		"curl -f http://a@localhost/":                   "",
		"curl -f http://example.com/":                   "",
		"curl -f http://xMARKx/":                        "",
		"curl -f ftp://localhost/":                      "",
		"curl -f http://localhost/[1-3]":                "",
		"curl -f http://localhost/a http://localhost/b": "",
		"curl -f": "",
		// options of curl
		"curl -fsSkL -m5 -o/dev/null -w%{http_code} localhost": `httpGet: {path: "/", port: 80}`,
		"curl -so /dev/null localhost":                         `httpGet: {path: "/", port: 80}`,
		"curl --max-time 3 --retry 2 localhost":                `httpGet: {path: "/", port: 80}`,
		"curl -XGET -HA:b --header C:d localhost":              `httpGet: {path: "/", port: 80, httpHeaders: [{name: "A", value: "b"}, {name: "C", value: "d"}]}`,
		"curl -Aprobe localhost":                               `httpGet: {path: "/", port: 80, httpHeaders: [{name: "User-Agent", value: "probe"}]}`,
		"curl -XPUT localhost":                                 "",
		"curl -H@file localhost":                               "",
		"curl -HA localhost":                                   "",
		"curl -fo out localhost":                               "",
		"curl -fu a:b localhost":                               "",
		"curl -fd x localhost":                                 "",
		"curl -E cert localhost":                               "",
		"curl -x proxy localhost":                              "",
		"curl -fZ localhost":                                   "",
		"curl localhost -m":                                    "",
		// options of wget
		"wget -qO- localhost":                               `httpGet: {path: "/", port: 80}`,
		"wget -nv -t 1 -T 2 -O /dev/null http://localhost/": `httpGet: {path: "/", port: 80}`,
		"wget --no-check-certificate https://localhost/":    `httpGet: {path: "/", port: 443, scheme: "HTTPS"}`,
		"wget --spider --header=A:b localhost":              `httpGet: {path: "/", port: 80, httpHeaders: [{name: "A", value: "b"}]}`,
		"wget --post-data=x localhost":                      "",
		"wget -O index.html localhost":                      "",
		"wget -P /tmp localhost":                            "",
		// wrappers and places
		"timeout -k 1 5 /usr/bin/curl -f localhost": `httpGet: {path: "/", port: 80}`,
		"busybox wget -q localhost":                 `httpGet: {path: "/", port: 80}`,
		// nc
		"nc -z localhost 80":        `tcpSocket: {port: 80}`,
		"nc -vz -w 3 127.0.0.1 80":  `tcpSocket: {port: 80}`,
		"ncat -zw3 localhost 80":    `tcpSocket: {port: 80}`,
		"nc localhost xMARKx":       `tcpSocket: {port: {{m}}}`,
		"nc -u localhost 53":        "",
		"nc -l 80":                  "",
		"nc -z localhost 80 81":     "",
		"nc -z example.com 80":      "",
		"nc -U /run/a.sock":         "",
		"nc -z localhost http":      "",
		"telnet localhost 80":       "",
		"cat /tmp/ready":            "",
		"sleep 5":                   "",
		"/usr/bin/pgrep server":     "",
		"timeout 5 check-something": "",
	} {
		got, found := probe.Advise(action(t, strings.Fields(command)...))
		if !found {
			t.Errorf("%s: no advice", command)
		}
		if diff := cmp.Diff(want, pasteText(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s%s", command, diff, got.Message)
		}
		if n, err := yaml.Parse("{" + strings.ReplaceAll(want, "{{m}}", "1") + "}"); want != "" && (err != nil || n.YNode().Kind != yaml.MappingNode) {
			t.Errorf("%s: no mapping: %s", command, want)
		}
	}
}

func TestScripts(t *testing.T) {
	get := `httpGet: {path: "/", port: 80}`
	socket := `tcpSocket: {port: 80}`
	for script, want := range map[string]string{
		"curl -f localhost":                               get,
		"exec curl -f localhost":                          get,
		"set -e; curl -f localhost":                       get,
		"curl -f localhost || exit 1":                     get,
		"curl -f localhost || exit":                       get,
		"(curl -f localhost) || false":                    get,
		"{ curl -f localhost; }":                          get,
		"A=b curl -f localhost >/dev/null 2>&1":           get,
		"timeout 1 sh -c 'curl -f localhost'":             get,
		"curl -f localhost || exit 0":                     "",
		"curl -f localhost || true":                       "",
		"curl -f localhost && curl -f localhost":          "",
		"! curl -f localhost":                             "",
		"curl -f localhost &":                             "",
		"curl -f localhost > /tmp/out":                    "",
		"curl -f localhost | grep ok":                     "",
		"curl -f localhost:$(cat port)":                   "",
		"curl -f localhost:$PORT":                         "",
		"if curl -f localhost; then exit 0; fi; exit 1":   "",
		"curl -d @- localhost <<EOF\nx\nEOF":              "",
		"</dev/tcp/localhost/80":                          socket,
		"exec 3<>/dev/tcp/127.0.0.1/80":                   socket,
		"echo > /dev/tcp/localhost/80":                    socket,
		"cat < /dev/null > /dev/tcp/localhost/80":         socket,
		"timeout 1 bash -c '</dev/tcp/localhost/80'":      socket,
		"</dev/tcp/example.com/80":                        "",
		"echo > /dev/tcp/localhost/80 && echo x":          "",
		"grpc_health_probe -addr=:80":                     "grpc: {port: 80}",
		"grpc_health_probe -addr localhost:80 -service a": `grpc: {port: 80, service: "a"}`,
		"grpc_health_probe -addr=:80 -tls=true":           "",
		"grpc_health_probe -addr=:80 -connect-timeout=1s": "grpc: {port: 80}",
	} {
		got, found := probe.Advise(action(t, "bash", "-c", script))
		if !found {
			t.Errorf("%s: no advice", script)
		}
		if diff := cmp.Diff(want, pasteText(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s%s", script, diff, got.Message)
		}
	}
}

func TestNoAdvice(t *testing.T) {
	for _, command := range []string{
		"/usr/local/bin/etcdctl endpoint health", "redis-cli ping", "/opt/bin/curl localhost", "./cat x", "grpc_health_probe -addr=:80",
		"xMARKx localhost", "cilium status", "busybox", "timeoutd 5",
	} {
		if got, found := probe.Advise(action(t, strings.Fields(command)...)); found {
			t.Errorf("%s: %s", command, got.Message)
		}
	}
	converted := action(t, "sh", "-c", "redis-cli ping")
	converted.Stays = false
	if got, found := probe.Advise(converted); found {
		t.Errorf("a shell that goes: %s", got.Message)
	}
}

func TestToolsOfScripts(t *testing.T) {
	for script, want := range map[string]string{
		"ps aux | grep a | grep -v grep":                        "sh, ps and grep,",
		"[ -e /x ] && kill -HUP 1":                              "sh, which",
		"for i in $(seq 3); do echo $(date +%s); sleep 1; done": "sh, seq, date and sleep,",
		"redis-cli ping | /usr/local/bin/grep x":                "sh, which",
	} {
		got, _ := probe.Advise(action(t, "sh", "-c", script))
		if !strings.HasPrefix(got.Message, "the livenessProbe runs "+want) {
			t.Errorf("%s: want %s: %s", script, want, got.Message)
		}
	}
}

func TestSleep(t *testing.T) {
	for args, want := range map[string]string{
		"10": "10", "10s": "10", "2m": "120", "1h": "3600", "010": "10", "xMARKx": "{{m}}",
		"0": "", "1.5": "", "-1": "", "infinity": "", "1d": "", "1 2": "", "": "", "99999999999": "",
	} {
		for _, site := range []string{"preStop", "postStart"} {
			a := action(t, append([]string{"sleep"}, strings.Fields(args)...)...)
			a.Site, a.Grace = site, "86400"
			got, _ := probe.Advise(a)
			if want != "" && pasteText(got) != "sleep: {seconds: "+want+"}" || want == "" && got.Replacement != nil {
				t.Errorf("%s sleep %s: want %q: %q %s", site, args, want, pasteText(got), got.Message)
			}
			if a.NoSleep = true; args == "10" {
				if got, _ := probe.Advise(a); got.Replacement != nil || !strings.Contains(got.Message, "1.30") {
					t.Errorf("before 1.30: %s", got.Message)
				}
			}
		}
	}
}

func TestGrace(t *testing.T) {
	for grace, reviewed := range map[string]bool{"": true, "30": true, "39": true, "40": false, "3600": false, "{{m}}": true} {
		a := action(t, "sleep", "40")
		a.Site, a.Grace = "preStop", grace
		if got, _ := probe.Advise(a); reviewed != (len(got.Review) == 1) {
			t.Errorf("terminationGracePeriodSeconds %q: %q", grace, got.Review)
		}
	}
}

// TestDifferences requires that reviews and notes name the differences between a
// command and its replacement.
func TestDifferences(t *testing.T) {
	for _, c := range []struct{ command, review, note string }{
		{"curl localhost", "without -f", ""},
		{"curl -f localhost", "listen on the pod's address", ""},
		{"curl -f https://localhost", "", "does not verify the certificate"},
		{"curl -f -m 5 localhost", "", "timeoutSeconds"},
		{"curl -I localhost", "", "HEAD"},
		{"nc -z localhost 80", "listen on the pod's address", "timeoutSeconds"},
	} {
		got, _ := probe.Advise(action(t, strings.Fields(c.command)...))
		if !holdsText(got.Review, c.review) || !holdsText(got.Notes, c.note) {
			t.Errorf("%s: review %q, notes %q", c.command, got.Review, got.Notes)
		}
	}
	for _, c := range []struct{ command, kept string }{
		{"curl -fk https://localhost", "verify"}, {"curl -f localhost", "timeoutSeconds"}, {"wget localhost", "-f"},
	} {
		got, _ := probe.Advise(action(t, strings.Fields(c.command)...))
		if holdsText(slices.Concat(got.Review, got.Notes), c.kept) {
			t.Errorf("%s: says %q for nothing: %v", c.command, c.kept, got)
		}
	}
}

func holdsText(list []string, part string) bool {
	return part == "" || slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, part) })
}

func TestHost(t *testing.T) {
	for _, c := range []struct{ command, network, want string }{
		{"curl -f localhost", "true", `httpGet: {path: "/", port: 80, host: "127.0.0.1"}`},
		{"curl -f [::1]", "true", `httpGet: {path: "/", port: 80, host: "::1"}`},
		{"curl -f localhost", "false", `httpGet: {path: "/", port: 80}`},
		{"curl -f localhost", "{{m}}", `httpGet: {path: "/", port: 80}`},
		{"nc -z localhost 80", "true", `tcpSocket: {port: 80, host: "127.0.0.1"}`},
	} {
		a := action(t, strings.Fields(c.command)...)
		a.HostNetwork = c.network
		got, _ := probe.Advise(a)
		if pasteText(got) != c.want || (c.network == "true") != (len(got.Review) == 0 || !strings.Contains(got.Review[0], "listen")) {
			t.Errorf("%s with hostNetwork %s: %s %q", c.command, c.network, pasteText(got), got.Review)
		}
	}
}

func TestWrite(t *testing.T) {
	a := action(t, "curl", "-f", "-H", `A: "b"`, "https://localhost/xMARKx")
	advice, _ := probe.Advise(a)
	for _, c := range []struct {
		style  probe.Style
		indent int
		want   string
	}{
		{probe.Block, 4, "httpGet:\n    path: /{{m}}\n    port: 443\n    scheme: HTTPS\n    httpHeaders:\n    - name: A\n      value: '\"b\"'"},
		{probe.Flow, 0, `httpGet: {path: "/{{m}}", port: 443, scheme: "HTTPS", httpHeaders: [{name: "A", value: "\"b\""}]}`},
		{probe.JSON, 0, `"httpGet": {"path": "/{{m}}", "port": 443, "scheme": "HTTPS", "httpHeaders": [{"name": "A", "value": "\"b\""}]}`},
	} {
		got, ok := advice.Replacement.Write(c.style, c.indent, []string{"{{m}}"})
		if diff := cmp.Diff(c.want, got); diff != "" || !ok {
			t.Errorf("style %d (-want +got):\n%s", c.style, diff)
		}
	}
}
