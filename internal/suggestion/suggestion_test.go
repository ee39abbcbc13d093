package suggestion_test

import (
	"strings"
	"testing"

	"shellfree/internal/suggestion"
)

func TestNearest(t *testing.T) {
	known := []string{"kube-apiserver", "kube-proxy", "kubelet", "etcd", "etcdctl"}
	for name, want := range map[string]string{
		"kube-apisrver": "kube-apiserver", "KUBELET": "kubelet", "etc": "etcd etcdctl", "apiserver": "kube-apiserver", "nginx": "", "": "",
	} {
		if got := strings.Join(suggestion.Nearest(name, known), " "); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestFor(t *testing.T) {
	known := []string{"auto", "klog", "runner"}
	for name, want := range map[string]string{
		"runer": "did you mean runner?", "atuo": "did you mean auto?", "KLOG": "did you mean klog?", "file": "use one of auto, klog, runner",
	} {
		if got := suggestion.For(name, known); got != want {
			t.Errorf("For(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestMisspelt(t *testing.T) {
	for word, want := range map[string]bool{"ingore": true, "Ignore": true, "ignor": true, "ignroe": true, "ignores": true, "ignore": false, "explain": false, "": false} {
		if got := suggestion.Misspelt(word, "ignore"); got != want {
			t.Errorf("Misspelt(%q, ignore) = %v", word, got)
		}
	}
}
