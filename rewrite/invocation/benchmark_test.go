package invocation_test

import (
	"testing"

	"shellfree/rewrite/invocation"
)

// BenchmarkAnalyse reduces a script of usual length, in bytes of script a second.
func BenchmarkAnalyse(b *testing.B) {
	script := invocation.Script{
		Text:  "exec /usr/local/bin/kube-apiserver --v=2 --allow-privileged=true --etcd-servers='http://127.0.0.1:2379' 1>>/var/log/kube-apiserver.log 2>&1",
		Shell: invocation.Shell{Name: "sh"},
	}
	b.SetBytes(int64(len(script.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if inv, bad := invocation.Analyse(script); bad != nil || len(inv.Words) != 4 {
			b.Fatalf("got %v, %v", inv.Words, bad)
		}
	}
}
