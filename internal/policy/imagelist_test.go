package policy

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite"
	"shellfree/transforms"
)

func TestWriteImageList(t *testing.T) {
	catalogue, err := transforms.Load()
	if err != nil {
		t.Fatal(err)
	}
	covering := func(reason, owner string, images ...string) *Exception {
		e := &Exception{Reason: reason, Owner: owner}
		for _, image := range images {
			container := ""
			if image == "" {
				container = "patched"
			}
			e.Covered = append(e.Covered, rewrite.Finding{Context: rewrite.Context{Image: image, Container: container}})
		}
		return e
	}
	var b strings.Builder
	err = WriteImageList(&b, []*Exception{
		covering("Requires `iptables`", "", "registry.k8s.io/kube-proxy:v1.20.1", "registry.k8s.io/kube-proxy-amd64:v1.20.1@sha256:12"),
		covering("starts\nwith a | script", "", "k8s.gcr.io/kube-apiserver:v1.19.1", "registry.k8s.io/kube-proxy:v1.21.0"),
		covering("Requires shell to do data migration", "sig-etcd", "registry.k8s.io/etcd:3.5.0-0", "etcd:3.4"),
		covering("vendor's", "", "quay.io/acme/kube-proxy:1", "localhost:5000/agent", "acme/tool:2"),
		covering("Requires `iptables`", "", "registry.k8s.io/kube-proxy:v1.20.1"),
		covering("a patch", "", ""),
		covering("nothing", ""),
	}, catalogue)
	const want = "## Release images\n" + `
### Release: ` + "`distroless-iptables`" + `

| Image Name | Reasons for exception |
|---|---|
| kube-proxy | Requires ` + "`iptables`" + `; starts with a \| script |
| kube-proxy-amd64 | Requires ` + "`iptables`" + ` |

### Release: ` + "`go-runner`" + `

| Image Name | Reasons for exception |
|---|---|
| kube-apiserver | starts with a \| script |

## Non-release images

| Image Name | Base Image | OWNER | Supported? (Yes/No/Unknown) | Reasons for exception |
|---|---|---|---|---|
| etcd | ` + "`debian-base`" + ` | sig-etcd | U | Requires shell to do data migration |
| patched |  |  | U | a patch |

## Non-org images

| Image Name | Base Image | OWNER | Supported? (Yes/No/Unknown) | Reasons for exception |
|---|---|---|---|---|
| agent |  |  | U | vendor's |
| kube-proxy | ` + "`distroless-iptables`" + ` |  | U | vendor's |
| tool |  |  | U | vendor's |
`
	if diff := cmp.Diff(want, b.String()); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}
