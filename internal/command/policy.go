package command

import (
	"errors"
	"fmt"
	"slices"

	"shellfree/internal/policy"
	"shellfree/internal/report"
	"shellfree/internal/suggestion"
)

// prepare reads what the flags of check name: the baseline, nil without one, and
// the changes.
func (k *checking) prepare(paths []string) (*policy.Baseline, error) {
	if !slices.Contains(failOns, k.failOn) {
		return nil, fmt.Errorf("--fail-on=%s is not known: %s", k.failOn, suggestion.For(k.failOn, failOns))
	}
	switch {
	case k.given("baseline") && k.baselineFile == "":
		return nil, errors.New("--baseline names no file: write --baseline=FILE, or leave it out")
	case k.writeBaseline && k.baselineFile == "":
		return nil, errors.New("--write-baseline needs the file to write: add --baseline=FILE")
	case k.given("changed-since") && k.baselineFile != "":
		return nil, errors.New("--changed-since and --baseline both say which findings are old: use one of them")
	case k.given("changed-since"):
		var err error
		k.changes, err = changedSince(k.changedSince, paths)
		return nil, err
	case k.baselineFile == "":
		return nil, nil
	}
	return policy.ReadBaseline(k.baselineFile, k.writeBaseline)
}

// seen returns what the run looked at. Of a change, or where a file could not be
// read, nothing is known about what was not found.
func (c *Command) seen(k *checking, paths []string) policy.Coverage {
	switch {
	case k.changes != nil || c.status >= ExitIO || len(paths) == 1 && paths[0] == "-":
		return nil
	case len(paths) == 0:
		return policy.Coverage{"."}
	}
	return paths
}

// settle writes the baseline, or says where it is stale.
func (c *Command) settle(k *checking, b *policy.Baseline, seen policy.Coverage) {
	if !k.writeBaseline {
		for _, line := range b.FindStale(seen) {
			fmt.Fprintf(c.Stderr, "shellfree: %s\n", report.Printable(line))
		}
		return
	}
	if err := b.Write(seen); err != nil {
		c.fail(ExitIO, fmt.Errorf("the baseline was not written: %w", err))
	}
}
