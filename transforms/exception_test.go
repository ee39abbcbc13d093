package transforms

import (
	"testing"

	"shellfree/rewrite/invocation"
)

func TestException(t *testing.T) {
	catalogue, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	const etcd = "| etcd | needs a shell to migrate data between etcd versions (migrate-if-needed.sh) |"
	own := Configured{Images: []Image{{Pattern: "example.com/store", Program: "etcd"}, {Pattern: "example.com/etcd", Program: "kube-scheduler"}}}
	v, err := New(catalogue, Options{Configured: own})
	if err != nil {
		t.Fatal(err)
	}
	for image, want := range map[string]string{
		"registry.k8s.io/etcd:3.5.24-0":                         etcd,
		"etcd-arm64@sha256:abc":                                 etcd,
		"{{ pillar['registry'] }}/etcd:{{ pillar['version'] }}": etcd,
		"{{ pillar.get('repository', 'registry.k8s.io/etcd') }}:{{ pillar.get('tag', '3.5') }}": etcd,
		"k8s.gcr.io/etcd-empty-dir-cleanup:3.4":                                                 "| etcd-empty-dir-cleanup | needs a shell for its cleanup |",
		"example.com/store:1":                                                                   "| store | needs a shell to migrate data between etcd versions (migrate-if-needed.sh) |",
		"example.com/etcd:1":                                                                    "", // the configuration says what it is
		"registry.k8s.io/etcd-manager/etcd-manager-slim:v3":                                     "",
		"registry.k8s.io/kube-proxy:v1.30.0":                                                    "", // its base has iptables and no shell
		"registry.k8s.io/kube-scheduler:v1.30.0":                                                "",
		"":                                                                                      "",
	} {
		if got := v.Exception(invocation.Target{Image: image}); got != want {
			t.Errorf("%q: got %q, want %q", image, got, want)
		}
	}
}
