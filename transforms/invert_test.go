package transforms_test

import (
	"fmt"
	"strings"
	"testing"

	"shellfree/rewrite/invocation"
	"shellfree/transforms"
)

// TestInvert takes log sinks off arrays, some of which a shell sends to a file
// too, and asserts the program's words and where its streams go.
func TestInvert(t *testing.T) {
	v := newConverter(t, transforms.Options{RunnerPath: "/log"})
	for _, c := range []struct{ argv, shell, words, stdout, stderr string }{
		{"/bin/x a", "", "/bin/x a", "stdout", "stderr"},
		{"/go-runner --log-file=/l x a", "", "x a", "/l", "/l"},
		{"/log --log-file=/l --redirect-stderr=false x", "", "x", "/l", "stderr"},
		{"/go-runner x", "/s", "x", "/s", "/s"},
		{"/go-runner --log-file=/l /go-runner --log-file=/m x", "", "x", "/m", "/m"},
		{"/go-runner --log-file=/l /go-runner x", "/s", "x", "/l", "/l"},
		{"kube-proxy --logtostderr=false --log-file=/l --v=2", "", "kube-proxy --v=2", "stdout", "/l"},
		{"/go-runner --log-file=/r kube-proxy --logtostderr=false --log-file=/l", "", "kube-proxy", "/r", "/l"},
		{"kube-proxy --log-file=/l", "/s", "kube-proxy", "/s", "/s"},
	} {
		inv := invocation.Invocation{
			Words:  invocation.Texts(strings.Fields(c.argv)...),
			Stdout: invocation.Destination{Kind: invocation.ToStdout}, Stderr: invocation.Destination{Kind: invocation.ToStderr},
		}
		if c.shell != "" {
			d := invocation.Destination{Kind: invocation.ToFile, Path: invocation.Text(c.shell), Append: true}
			inv.Stdout, inv.Stderr = d, d
		}
		got := v.Invert(invocation.Target{Image: "kube-proxy:v1.24.1", Output: true}, inv)
		text := fmt.Sprint(strings.Join(texts(got.Words), " "), "; ", shown(got.Stdout), "; ", shown(got.Stderr))
		if want := fmt.Sprint(c.words, "; ", c.stdout, "; ", c.stderr); text != want {
			t.Errorf("%s (shell to %q) is %s, want %s", c.argv, c.shell, text, want)
		}
	}
}

func shown(d invocation.Destination) string {
	switch d.Kind {
	case invocation.ToStdout:
		return "stdout"
	case invocation.ToStderr:
		return "stderr"
	}
	return d.Path.String()
}
