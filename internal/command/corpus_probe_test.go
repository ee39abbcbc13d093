package command_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shellfree/internal/files"
	"shellfree/rewrite/rule"
)

// TestCorpusProbes asserts that each probe or hook with a single simple command gets a
// fix, or a finding that names a replacement. The other tier is only measured, since
// most of it are charts that are not read.
func TestCorpusProbes(t *testing.T) {
	wild := filepath.Join(needCorpus(t), "wild")
	sites := []string{"livenessProbe", "readinessProbe", "startupProbe", "postStart", "preStop"}
	for _, tier := range []string{"control plane and add-ons", "other"} {
		rows := map[corpusPlace]int{}
		total, answered, fixed := 0, 0, 0
		for _, r := range readCommands(t, filepath.Join(wild, "commands.jsonl")) {
			single := strings.HasPrefix(r.Class, "single") || r.Class == "set -e…; exec cmd"
			if !single || !slices.Contains(sites, r.Where) || (r.Tier == "other") != (tier == "other") || r.Embedded != "" || !files.IsManifestName(r.File) {
				continue
			}
			rows[corpusPlace{r.File, r.Where, r.Name}]++
			total++
		}
		for _, name := range corpusFiles(rows) {
			has, fixes := map[corpusPlace]int{}, map[corpusPlace]int{}
			seen := map[int]bool{}
			for _, f := range judgeFile(t, filepath.Join(wild, name), name).Findings {
				at := corpusPlace{f.File, f.Site, f.Container}
				if f.Fix != nil {
					fixes[at]++
				}
				answers := f.Fix != nil || f.Rule == rule.ProbeTool || f.Rule == rule.LessThanMeant
				if answers && !seen[f.StartOffset] {
					seen[f.StartOffset] = true
					has[at]++
				}
			}
			for p, n := range rows {
				if p.file != name {
					continue
				}
				answered += min(n, has[p])
				fixed += min(n, fixes[p])
				if has[p] < n {
					t.Logf("neither fix nor advice: %s %s %s (%d of %d)", p.file, p.site, p.container, n-has[p], n)
				}
			}
		}
		t.Logf("%s: %d of %d probes and hooks of one command have a fix or advice (%.1f %%), %d of them a fix",
			tier, answered, total, 100*float64(answered)/float64(total), fixed)
		if tier != "other" && answered < total {
			t.Errorf("%s: each must have one", tier)
		}
	}
}
