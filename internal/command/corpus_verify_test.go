package command_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"shellfree/internal/command"
)

// TestCorpusVerify asserts that verify reports each difference that people upstream made
// by hand.
func TestCorpusVerify(t *testing.T) {
	dir := filepath.Join(needCorpus(t), "upstream")
	tests := []struct {
		pair, before, after string
		status              int
		want                []string
	}{
		{"kube-apiserver-b-gorunner", "before.manifest", "after.manifest", 1, []string{
			"the order changed: `{{params}}` stood before `--allow-privileged={{pillar['allow_privileged']}}`"}},
		{"kube-scheduler-b-gorunner", "before.manifest", "after.manifest", 0, []string{"1 changed and the same, 0 different"}},
		{"kops-etcd-manager-main-tee-to-gorunner", "before.yaml", "after.yaml", 0, []string{"1 changed and the same, 0 different"}},
		{"kube-scheduler-x-log2file-never-merged", "before.manifest", "after.manifest", 1, []string{"now it is /log2file", "now to the container's stdout"}},
		{"cloud-controller-manager-a-klog", "before.manifest", "after.manifest", 1, []string{
			"the program was /usr/local/bin/cloud-controller-manager, now it is /cloud-controller-manager"}},
		{"cluster-autoscaler-a-klog", "before-1.14.8.manifest", "before.manifest", 1, []string{
			"`{{params}}` was one argument, now it stands for any number of words"}},
		{"glbc-a-klog", "before.manifest", "after.manifest", 1, []string{"the image's ENTRYPOINT starts", "`--verbose` is gone"}},
		{"etcd-a-native", "before.manifest", "after.manifest", 1, []string{
			"`{{ quota_bytes }}` stood for any number of words, now it is one argument", "migrate-if-needed.sh", "now nothing",
			"`{{ etcd_creds_and_extra_args }}` is new", "ETCD_CREDS is gone"}},
		{"kubemark-hollow-node-a-klog", "before.yaml", "after.yaml", 1, []string{
			"`$(CONTENT_TYPE)` is one argument now", "the order changed: `{{hollow_kubelet_params}}`"}},
	}
	for _, tt := range tests {
		t.Run(tt.pair, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			c := command.Command{Stdout: &stdout, Stderr: &stderr}
			status := c.Main([]string{"verify", filepath.Join(dir, tt.pair, tt.before), filepath.Join(dir, tt.pair, tt.after)})
			if status != tt.status || stderr.Len() > 0 {
				t.Errorf("status %d, want %d\n%s", status, tt.status, stderr.String())
			}
			for _, s := range tt.want {
				if !strings.Contains(stdout.String(), s) {
					t.Errorf("not told: %s\n%s", s, stdout.String())
				}
			}
			t.Log(stdout.String())
		})
	}
}
