package command

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"shellfree/internal/policy"
)

// findChanges asks git for the changes in the repository of the first path since
// revision and this branch diverged, with untracked files.
func findChanges(revision string, paths []string) (*policy.Changes, error) {
	if len(paths) == 1 && paths[0] == "-" {
		return nil, errors.New("--changed-since is about files, not stdin: name paths instead of -")
	}
	g, base, err := findBase("changed-since", revision, paths)
	if err != nil {
		return nil, err
	}
	patch, err := g.runGit("-c", "core.quotePath=false", "diff", "--unified=0", "--inter-hunk-context=0", "--no-color", "--no-ext-diff", "--no-textconv", "--text",
		"--no-relative", "--find-renames", "--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/", base, "--")
	if err != nil {
		return nil, err
	}
	untracked, err := g.runGit("ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, err
	}
	return policy.NewChanges(string(g), patch, untracked)
}

// findBase returns the top of the first path's repository, and the commit at which the
// revision and this branch diverged. flag names the flag in errors.
func findBase(flag, revision string, paths []string) (top repository, base string, err error) {
	folder := "."
	if len(paths) > 0 {
		folder = paths[0]
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		folder = filepath.Dir(folder)
	}
	g := repository(folder)
	name, err := g.runGitLine("rev-parse", "--show-toplevel")
	if err != nil {
		return "", "", fmt.Errorf("--%s needs a git repository: %w", flag, err)
	}
	commit, err := g.runGitLine("rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return "", "", fmt.Errorf("--%s=%s is not a revision of the repository %s: name a commit, branch or tag, and fetch it first if the clone is shallow", flag, revision, name)
	}
	if base, err = g.runGitLine("merge-base", commit, "HEAD"); err != nil {
		base = commit // a shallow clone may lack the common commit
	}
	return repository(filepath.FromSlash(name)), base, nil
}

// repository is the folder in which git runs.
type repository string

// harmless keeps git from starting programs that a repository names: one that stands
// in the tree as a bare repository is not used, and no file system monitor, hook or
// credential helper is started.
var harmless = []string{
	"-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull,
	"-c", "credential.helper=", "-c", "protocol.allow=never",
}

// runGit returns the output of git, which is started without a shell.
func (r repository) runGit(args ...string) ([]byte, error) {
	cmd := exec.Command("git", append(harmless, args...)...)
	cmd.Dir = string(r)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, errors.New("git is not installed: install it, or leave the flag out")
	}
	if err != nil {
		said, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		return nil, fmt.Errorf("git says %q: mend that, or leave the flag out", said)
	}
	return out, nil
}

// runGitLine returns the output of git, without the line break at its end.
func (r repository) runGitLine(args ...string) (string, error) {
	out, err := r.runGit(args...)
	return strings.TrimSuffix(string(out), "\n"), err
}
