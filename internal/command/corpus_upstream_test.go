package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shellfree/rewrite"
	"shellfree/rewrite/rule"
)

// TestCorpusUpstream asserts that the fixes give the program the same words as the
// arrays that people upstream wrote by hand.
func TestCorpusUpstream(t *testing.T) {
	dir := filepath.Join(needCorpus(t), "upstream")
	tests := []struct {
		pair, before, after string
		ignore              []string // words of upstream that only repeat a default
	}{
		{"kube-apiserver-b-gorunner", "before.manifest", "after.manifest", []string{"--also-stdout=false", "--redirect-stderr=true"}},
		{"kube-scheduler-b-gorunner", "before.manifest", "after.manifest", []string{"--also-stdout=false", "--redirect-stderr=true"}},
		{"kops-etcd-manager-main-tee-to-gorunner", "before.yaml", "after.yaml", nil},
	}
	for _, tt := range tests {
		t.Run(tt.pair, func(t *testing.T) {
			before := filepath.Join(dir, tt.pair, tt.before)
			r := judgeFile(t, before, before, "--log-sink=runner", "--placeholder-style=upstream")
			var f *rewrite.Finding
			for i := range r.Findings {
				if r.Findings[i].Site == "container" {
					f = &r.Findings[i]
				}
			}
			if f == nil || f.Fix == nil {
				t.Fatalf("no fix: %s", findingText(f))
			}
			after, err := os.ReadFile(filepath.Join(dir, tt.pair, tt.after))
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range f.Argv {
				word = strings.TrimSuffix(word, "=true")
				if !bytes.Contains(after, []byte(word)) {
					t.Errorf("upstream has no %s", word)
				}
			}
			t.Logf("%q", f.Argv)
		})
	}
}

// TestCorpusSecondMigration compares the fixes for klog's flags with those that kops made
// by hand, in manifests in strings.
func TestCorpusSecondMigration(t *testing.T) {
	dir := filepath.Join(needCorpus(t), "upstream")
	pairs, err := filepath.Glob(filepath.Join(dir, "kops-*-klog-to-gorunner"))
	if err != nil || len(pairs) == 0 {
		t.Fatalf("no pairs in %s: %v", dir, err)
	}
	for _, pair := range pairs {
		t.Run(filepath.Base(pair), func(t *testing.T) {
			before := filepath.Join(pair, "before.yaml")
			r := judgeFile(t, before, before, "--kubernetes-version=1.26")
			if len(r.Findings) != 1 || r.Findings[0].Rule != rule.KlogRemoved || r.Findings[0].Fix == nil {
				t.Fatalf("want one SF401 with a fix, got %s", listed(r))
			}
			after, err := os.ReadFile(filepath.Join(pair, "after.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			argv := r.Findings[0].Argv
			for _, word := range argv[:3] { // the runner, the file, the program
				word = strings.TrimSuffix(word, "=true")
				if !bytes.Contains(after, []byte("- "+word+"\n")) && word != "--also-stdout" {
					t.Errorf("upstream has no %s; argv %q", word, argv)
				}
			}
			for _, word := range argv {
				if strings.Contains(word, "logtostderr") {
					t.Errorf("%s is left", word)
				}
			}
		})
	}
}
