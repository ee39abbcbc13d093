package docs_test

import (
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/internal/command"
	"shellfree/rewrite/rule"
)

// ciVariables are what CI systems set, as they would for the test's repository.
var ciVariables = strings.NewReplacer(
	"$GITHUB_BASE_REF", "main", "$CI_MERGE_REQUEST_DIFF_BASE_SHA", "main", "$(PULL_BASE_SHA)", "main", `"`, "",
)

// ciCalls returns the arguments of each call of the tool on the page.
func ciCalls(p *page) [][]string {
	call := regexp.MustCompile(`(?:^\$ |^\t|- run: |  - |entry: |\| )shellfree (.*)$`)
	list := regexp.MustCompile(`args: \[(.*)\]$`)
	var calls [][]string
	for _, f := range p.blocks(0, len(p.lines)) {
		for _, line := range p.lines[f.first:f.last] {
			if m := call.FindStringSubmatch(line); m != nil {
				calls = append(calls, strings.Fields(ciVariables.Replace(m[1])))
			}
			if m := list.FindStringSubmatch(line); m != nil {
				calls = append(calls, strings.Split(ciVariables.Replace(m[1]), ", "))
			}
		}
	}
	return calls
}

// TestCI runs each call of the tool on the page, in the page's order, in a
// repository with one manifest that has a fix: it is no wrong usage.
func TestCI(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	p, example := read(t, "ci.md"), read(t, path(rule.LogFile))
	manifest := example.text(example.fences("## Before")[0])
	t.Chdir(t.TempDir())
	if err := os.Mkdir("cluster", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("cluster/pod.yaml", []byte(manifest), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range []string{"init -q -b main .", "add .", "-c user.name=a -c user.email=a@example.com commit -qm one", "update-ref refs/remotes/origin/main main"} {
		if out, err := exec.Command("git", strings.Fields(args)...).CombinedOutput(); err != nil {
			t.Fatalf("git %s: %s", args, out)
		}
	}
	statuses := map[string]int{}
	for _, args := range ciCalls(p) {
		var stdout, stderr bytes.Buffer
		c := command.Command{Stdin: strings.NewReader(manifest), Stdout: &stdout, Stderr: &stderr}
		status := c.Main(args)
		if status > command.ExitFindings || slices.Contains(args, "--write-baseline") && status != command.ExitOK {
			t.Errorf("shellfree %s: exit status %d\n%s%s", strings.Join(args, " "), status, stdout.String(), stderr.String())
		}
		statuses[strings.Join(args, " ")] = status
	}
	for call, want := range map[string]int{
		"check .": command.ExitFindings, "check -": command.ExitFindings,
		"check --baseline=.shellfree-baseline.json .": command.ExitOK, "check --changed-since=origin/main .": command.ExitOK,
	} {
		if got, ran := statuses[call]; !ran || got != want {
			t.Errorf("shellfree %s: exit status %d, ran %v; want %d", call, got, ran, want)
		}
	}
	if len(statuses) < 8 {
		t.Errorf("the page has only %d calls: %v", len(statuses), statuses)
	}
}

// TestCIBlocks: what CI systems read is YAML.
func TestCIBlocks(t *testing.T) {
	p := read(t, "ci.md")
	for _, f := range p.blocks(0, len(p.lines)) {
		var v map[string]any
		if err := yaml.Unmarshal([]byte(p.text(f)), &v); f.language == "yaml" && (err != nil || len(v) == 0) {
			t.Errorf("the block of line %d: %v", f.first, err)
		}
	}
}
