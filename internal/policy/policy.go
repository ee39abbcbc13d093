// Package policy decides which findings are reported and fixed: it knows
// exceptions, limits of rules, baselines, and the lines that a change touched.
// It takes results of the engine and gives results.
package policy

import (
	"cmp"
	"slices"
	"time"

	"shellfree/internal/config"
	"shellfree/rewrite"
	"shellfree/rewrite/source"
)

// Policy is what a run goes by. It counts what its exceptions cover, so it is
// for one run, and for one goroutine.
type Policy struct {
	config     *config.Config
	today      time.Time
	exceptions bool
	configured []*Exception
}

// New returns the policy of a configuration on a day.
func New(c *config.Config, today time.Time) *Policy {
	p := &Policy{config: c, today: today, exceptions: true}
	for _, e := range c.Exceptions {
		p.configured = append(p.configured, configured(c, e))
	}
	return p
}

// WithoutExceptions returns the policy under which no exception counts; limits
// of rules do.
func WithoutExceptions(c *config.Config) *Policy { return &Policy{config: c} }

// Outcome is what a policy makes of one file.
type Outcome struct {
	// Result has the findings to report and to fix, among them those about the
	// file's own exceptions.
	Result *rewrite.Result
	// Excepted are the findings that exceptions took out.
	Excepted []Excepted
	// Exceptions are the file's own.
	Exceptions []*Exception
}

// Excepted is a finding that is neither reported nor fixed, and why.
type Excepted struct {
	rewrite.Finding
	Reason string
}

// Apply parts a file's findings.
func (p *Policy) Apply(r *rewrite.Result) Outcome {
	result := *r
	out := Outcome{Result: &result}
	result.Findings = nil
	if p.exceptions {
		out.Exceptions, result.Findings = inFile(r)
	}
	all := newIndex(slices.Concat(out.Exceptions, p.configured))
	for i, f := range r.Findings {
		if e := p.excepts(all.about(f, i), f); e != nil {
			out.Excepted = append(out.Excepted, Excepted{f, e.Reason})
		} else {
			result.Findings = append(result.Findings, f)
		}
	}
	for _, e := range out.Exceptions {
		result.Findings = append(result.Findings, e.judge(p.today)...)
	}
	result.Findings = p.limited(result.Findings)
	slices.SortStableFunc(result.Findings, func(a, b rewrite.Finding) int { return cmp.Compare(a.StartOffset, b.StartOffset) })
	return out
}

// excepts reports whether an exception in force covers a finding. All that
// cover it are used, those that are over too.
func (p *Policy) excepts(all []*Exception, f rewrite.Finding) *Exception {
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

// limited leaves out the findings of rules that are off in their file.
func (p *Policy) limited(findings []rewrite.Finding) []rewrite.Finding {
	return slices.DeleteFunc(findings, func(f rewrite.Finding) bool { return p.config.SkipsRule(f.Rule, f.File) })
}

// Configured returns the findings about the configuration's own exceptions, once
// all files of the run went through Apply. What covers nothing is a finding only
// where the run would have seen what it covers.
func (p *Policy) Configured(seen Coverage) *rewrite.Result {
	r := &rewrite.Result{Source: source.New(p.config.File, nil), Parsed: true}
	for i, e := range p.configured {
		if len(e.Covered) > 0 || seen.Holds(p.config.Root(p.config.Exceptions[i].Path)) {
			r.Findings = append(r.Findings, e.judge(p.today)...)
		}
	}
	r.Findings = p.limited(r.Findings)
	return r
}

// InForce returns the exceptions that are not over: of those of the files, and
// of the configuration's.
func (p *Policy) InForce(own []*Exception) []*Exception {
	return slices.DeleteFunc(slices.Concat(own, p.configured), func(e *Exception) bool { return e.Until.IsOver(p.today) })
}
