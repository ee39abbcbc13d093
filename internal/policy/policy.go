// Package policy decides which findings are reported and fixed, by exceptions, limits
// of rules, baselines, and the lines that a change touched. It turns results of the
// engine into results with fewer findings.
package policy

import (
	"cmp"
	"slices"
	"time"

	"shellfree/internal/config"
	"shellfree/rewrite"
	"shellfree/rewrite/source"
)

// Policy decides which findings of a run are reported. It remembers what exceptions
// have covered, so it serves one run and one goroutine.
type Policy struct {
	config     *config.Config
	today      time.Time
	exceptions bool
	configured []*Exception
}

// New returns the policy of a configuration, with exceptions as of today.
func New(c *config.Config, today time.Time) *Policy {
	p := &Policy{config: c, today: today, exceptions: true}
	for _, e := range c.Exceptions {
		p.configured = append(p.configured, newConfigException(c, e))
	}
	return p
}

// WithoutExceptions returns a policy that ignores all exceptions, but keeps the limits
// of rules.
func WithoutExceptions(c *config.Config) *Policy { return &Policy{config: c} }

// Outcome is the result of applying a policy to one file.
type Outcome struct {
	// Result has the findings to report and to fix, with those about the file's own
	// exceptions.
	Result *rewrite.Result
	// Excepted are the findings that exceptions cover.
	Excepted []ExceptedFinding
	// Exceptions are those in the file's comments and annotations.
	Exceptions []*Exception
}

// ExceptedFinding is a finding that is neither reported nor fixed, with the reason of
// the exception.
type ExceptedFinding struct {
	rewrite.Finding
	Reason string
}

// Apply separates the findings of a file into those to report and those that
// exceptions cover.
func (p *Policy) Apply(r *rewrite.Result) Outcome {
	result := *r
	out := Outcome{Result: &result}
	result.Findings = nil
	if p.exceptions {
		out.Exceptions, result.Findings = fileExceptions(r)
	}
	all := newExceptionIndex(slices.Concat(out.Exceptions, p.configured))
	for i, f := range r.Findings {
		if e := p.findException(all.candidates(f, i), f); e != nil {
			out.Excepted = append(out.Excepted, ExceptedFinding{f, e.Reason})
		} else {
			result.Findings = append(result.Findings, f)
		}
	}
	for _, e := range out.Exceptions {
		result.Findings = append(result.Findings, e.findings(p.today)...)
	}
	result.Findings = p.dropLimited(result.Findings)
	slices.SortStableFunc(result.Findings, func(a, b rewrite.Finding) int { return cmp.Compare(a.StartOffset, b.StartOffset) })
	return out
}

// findException returns the first active exception that covers a finding, nil if there
// is none. The finding counts as covered by each exception that matches it, even if
// the last day of that exception is over.
func (p *Policy) findException(all []*Exception, f rewrite.Finding) *Exception {
	var found *Exception
	for _, e := range all {
		switch {
		case !e.covers(f):
		case e.Rule == f.Rule || e.Rule == f.FixRule:
			e.Covered = append(e.Covered, f)
			if found == nil && !e.Until.IsOver(p.today) {
				found = e
			}
		case e.other == "":
			e.other = f.Rule.Code + " " + f.Rule.Name
		}
	}
	return found
}

// dropLimited removes the findings whose rule is limited to other files.
func (p *Policy) dropLimited(findings []rewrite.Finding) []rewrite.Finding {
	return slices.DeleteFunc(findings, func(f rewrite.Finding) bool { return p.config.SkipsRule(f.Rule, f.File) })
}

// ConfigFindings returns the findings about the exceptions of the configuration. It
// must be called after Apply for all files of the run. An exception that covers
// nothing is a finding only if the run read all files that it could cover.
func (p *Policy) ConfigFindings(seen Coverage) *rewrite.Result {
	r := &rewrite.Result{Source: source.New(p.config.File, nil), Parsed: true}
	for i, e := range p.configured {
		if len(e.Covered) > 0 || seen.Holds(p.config.Root(p.config.Exceptions[i].Path)) {
			r.Findings = append(r.Findings, e.findings(p.today)...)
		}
	}
	r.Findings = p.dropLimited(r.Findings)
	return r
}

// ActiveExceptions returns those of the files' exceptions, given as own, and of the
// configuration's, whose last day is not over.
func (p *Policy) ActiveExceptions(own []*Exception) []*Exception {
	return slices.DeleteFunc(slices.Concat(own, p.configured), func(e *Exception) bool { return e.Until.IsOver(p.today) })
}
