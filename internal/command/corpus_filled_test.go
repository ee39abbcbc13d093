package command_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// corpusScript fills the manifests of a folder as upstream's start-up script does.
// Placeholders without a value become empty, or a number.
const corpusScript = `#!/bin/bash
set -o errexit -o nounset
params="--v=2 --runtime-config='*,-foo'"
params+=" --feature-gates=A=true,B=false --url='https://x/?a=1\&b=2' --z=''"
kubeconfig="--kubeconfig=/var/lib/kube-proxy/kubeconfig"
api_servers_with_port="--master=https://kubernetes-master:443"
cluster_cidr=""
sed -i -e "s@{{params}}@${params}@g" "$1"/*.manifest
sed -i -e "s@{{kubeconfig}}@${kubeconfig}@g" -e "s@{{cluster_cidr}}@${cluster_cidr}@g" "$1"/*.manifest
sed -i -e "s@{{api_servers_with_port}}@${api_servers_with_port}@g" "$1"/*.manifest
sed -i -e "s@{{secure_port}}@443@g;s@{{liveness_probe_initial_delay}}@15@g" "$1"/*.manifest
sed -i -e "s@{{pillar[^}]*}}@x@g;s@{{[^}]*}}@@g" "$1"/*.manifest
`

// TestCorpusFilled fills upstream's manifests, as TestFilled does with its own ones.
func TestCorpusFilled(t *testing.T) {
	upstream := filepath.Join(needCorpus(t), "upstream")
	shells := filledShells(t)
	params := map[string]int{"{{params}}": 1}
	for name, places := range map[string]map[string]int{
		"kube-apiserver-b-gorunner/before.manifest":       params,
		"kube-scheduler-b-gorunner/before.manifest":       params,
		"cloud-controller-manager-a-klog/before.manifest": params,
		"before-only/kube-proxy/before-1.34.manifest": {
			"{{params}}": 1, "{{kubeconfig}}": 1, "{{cluster_cidr}}": 1, "{{api_servers_with_port}}": 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			before, after := t.TempDir(), t.TempDir()
			for _, dir := range []string{before, after} {
				copyFilled(t, filepath.Join(upstream, name), filepath.Join(dir, "x.manifest"), dir)
				if err := os.WriteFile(filepath.Join(dir, "configure.sh"), []byte(corpusScript), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			helper := runFilled(t, after, "glued")
			changeScript(t, filepath.Join(after, "configure.sh"), helper, "glued", producerLines(t, before, places))
			runFillScript(t, before, nil)
			runFillScript(t, after, nil)
			got := startedArguments(t, after, filledCommand(t, filepath.Join(after, "x.manifest")))
			old := filledCommand(t, filepath.Join(before, "x.manifest"))
			for _, shell := range shells {
				want := startedArguments(t, before, append(slices.Clone(shell), old[1:]...))
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%v and the exec form disagree (-shell +exec form):\n%s", shell, diff)
				}
			}
			if !slices.Contains(got, "--runtime-config=*,-foo") {
				t.Errorf("started with %q", got)
			}
		})
	}
}
