package command

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"shellfree/policy"
)

// changedSince asks git what changed in the repository of the first path since
// a revision left this branch, untracked files included.
func changedSince(revision string, paths []string) (*policy.Changes, error) {
	if len(paths) == 1 && paths[0] == "-" {
		return nil, errors.New("--changed-since is about files, not stdin: name paths instead of -")
	}
	folder := "."
	if len(paths) > 0 {
		folder = paths[0]
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		folder = filepath.Dir(folder)
	}
	g := repository(folder)
	top, err := g.line("rev-parse", "--show-toplevel")
	if err != nil {
		return nil, fmt.Errorf("--changed-since needs a git repository: %w", err)
	}
	commit, err := g.line("rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return nil, fmt.Errorf("--changed-since=%s is no revision of the repository %s: name a commit, branch or tag, and fetch it first where CI clones less", revision, top)
	}
	base, err := g.line("merge-base", commit, "HEAD")
	if err != nil {
		base = commit // a shallow clone may lack what both come from
	}
	g = repository(top)
	patch, err := g.run("-c", "core.quotePath=false", "diff", "--unified=0", "--inter-hunk-context=0", "--no-color", "--no-ext-diff", "--no-textconv", "--text",
		"--no-relative", "--find-renames", "--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/", base, "--")
	if err != nil {
		return nil, err
	}
	untracked, err := g.run("ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, err
	}
	return policy.NewChanges(filepath.FromSlash(top), patch, untracked)
}

// repository is the folder in which git runs.
type repository string

// run returns what git prints. No shell is started.
func (r repository) run(args ...string) ([]byte, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = string(r)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, errors.New("git is not installed: install it, or run without --changed-since")
	}
	if err != nil {
		said, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		return nil, fmt.Errorf("git says %q: mend that, or run without --changed-since", said)
	}
	return out, nil
}

// line returns the one line that git prints.
func (r repository) line(args ...string) (string, error) {
	out, err := r.run(args...)
	return strings.TrimSuffix(string(out), "\n"), err
}
