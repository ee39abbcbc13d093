package command

import (
	"errors"
	"fmt"
	"slices"

	"shellfree/internal/policy"
	"shellfree/internal/report"
	"shellfree/internal/suggestion"
)

// prepareCheck checks the flags of check, reads the changes of --changed-since, and
// returns the baseline, nil without --baseline.
func (k *checkOptions) prepareCheck(paths []string) (*policy.Baseline, error) {
	if !slices.Contains(failOnWords, k.failOn) {
		return nil, fmt.Errorf("--fail-on=%s is not known: %s", k.failOn, suggestion.For(k.failOn, failOnWords))
	}
	switch {
	case k.isGiven("baseline") && k.baselineFile == "":
		return nil, errors.New("--baseline names no file: write --baseline=FILE, or leave it out")
	case k.writeBaseline && k.baselineFile == "":
		return nil, errors.New("--write-baseline needs the file to write: add --baseline=FILE")
	case k.isGiven("changed-since") && k.baselineFile != "":
		return nil, errors.New("--changed-since and --baseline both say which findings are old: use one of them")
	case k.isGiven("changed-since"):
		var err error
		k.changes, err = findChanges(k.changedSince, paths)
		return nil, err
	case k.baselineFile == "":
		return nil, nil
	}
	return policy.ReadBaseline(k.baselineFile, k.writeBaseline)
}

// coverage returns the paths that the run read completely. It is empty for a run over
// the files of a change, and if a file could not be read: then a missing finding may
// still exist.
func (c *Command) coverage(k *checkOptions, paths []string) policy.Coverage {
	switch {
	case k.changes != nil || c.status >= ExitIO || len(paths) == 1 && paths[0] == "-":
		return nil
	case len(paths) == 0:
		return policy.Coverage{"."}
	}
	return paths
}

// finishBaseline writes the baseline, or prints the entries that are stale.
func (c *Command) finishBaseline(k *checkOptions, b *policy.Baseline, seen policy.Coverage) {
	if !k.writeBaseline {
		for _, line := range b.FindStale(seen) {
			fmt.Fprintf(c.Stderr, "shellfree: %s\n", report.ReplaceUnprintable(line))
		}
		return
	}
	if err := b.Write(seen); err != nil {
		c.reportError(ExitIO, fmt.Errorf("the baseline was not written: %w", err))
	}
}
