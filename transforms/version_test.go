package transforms

import "testing"

func TestImageVersion(t *testing.T) {
	for _, test := range []struct{ image, want string }{
		{"k8s.gcr.io/kube-proxy:v1.18.3", "v1.18.3"},
		{"registry.k8s.io/kube-apiserver-amd64:v1.36.0-alpha.1", "v1.36.0-alpha.1"},
		{"quay.io/coreos/hyperkube:v1.8.4_coreos.0", "v1.8.4"},
		{"registry.k8s.io/etcd:3.5.9-0", "3.5.9"},
		{"fluentd:1.23-2", "1.23"},
		{"localhost:5000/glbc:0.9.5", "0.9.5"},
		{"{{pillar['registry']}}/kube-addon-manager:v9.0.1", "v9.0.1"},
		{"kube-proxy:v1.25.0@sha256:0123456789abcdef", "v1.25.0"},
		{"kube-proxy@sha256:0123456789abcdef", ""},
		{"localhost:5000/kube-proxy", ""},
		{"kube-apiserver:9680e782e08a1a1c94c656190011bd02", ""},
		{"kube-apiserver:latest", ""},
		{"kube-apiserver:2024.01.15", ""},
		{"kube-apiserver:{{tag}}", ""},
		{"kube-apiserver:v1.18.{{patch}}", ""},
		{"kube-apiserver:v1.18.3__SUFFIX__", ""},
		{"etcd:{{ pillar.get('etcd_docker_tag', '3.6.6-0') }}", ""},
		{"", ""},
	} {
		v, ok := ImageVersion(test.image)
		if v.String() != test.want || ok != (test.want != "") {
			t.Errorf("ImageVersion(%q) = %q, %v, want %q", test.image, v, ok, test.want)
		}
	}
}

func TestVersionsInOrder(t *testing.T) {
	ordered := []string{"1.9", "v1.10.2", "1.26.0-alpha.2", "1.26.0-alpha.10", "1.26.0-beta.0", "1.26.0-rc.1", "1.26", "1.26.1", "v2.0"}
	for i := 1; i < len(ordered); i++ {
		low, high := version(t, ordered[i-1]), version(t, ordered[i])
		if !low.Before(high) || high.Before(low) {
			t.Errorf("%s should stand before %s", low, high)
		}
	}
	if version(t, "v1.26.0").Before(version(t, "1.26")) || version(t, "1.26").Before(version(t, "v1.26.0-gke.100")) {
		t.Error("1.26, v1.26.0 and v1.26.0-gke.100 should be the same version")
	}
	if (Version{}).Before(version(t, "1.0")) || version(t, "1.0").Before(Version{}) {
		t.Error("an unknown version stands before none and after none")
	}
}

func version(t *testing.T, s string) Version {
	t.Helper()
	v, err := ParseVersion(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
