package config

import (
	"errors"
	"fmt"
	"path"
	"time"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/rule"
)

// Exception says that the findings of a rule are known and accepted. It covers a
// finding when each field that is set matches.
type Exception struct {
	// Path is a glob for files below the configuration's folder; "" for all files.
	Path string `yaml:"path"`
	// Kind is the object's kind; Object and Container are patterns of path.Match for
	// its name and the container's.
	Kind      string `yaml:"kind"`
	Object    string `yaml:"name"`
	Container string `yaml:"container"`
	// Image is a pattern as under images.
	Image  string `yaml:"image"`
	Rule   string `yaml:"rule"` // a code
	Reason string `yaml:"reason"`
	Owner  string `yaml:"owner"`
	// Until is the last day on which the exception holds; the zero value for no end.
	Until Day `yaml:"until"`
	// Line is the entry's line in the file.
	Line int `yaml:"-"`
}

// Day is a calendar day. The zero value stands for no day.
type Day struct{ time.Time }

// ParseDay reads a day as exceptions write it, 2027-03-31.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, fmt.Errorf("%q is not a day: write it as 2027-03-31", s)
	}
	return Day{t}, nil
}

// UnmarshalYAML reads a day, with or without quotes.
func (d *Day) UnmarshalYAML(node *yaml.Node) (err error) {
	*d, err = ParseDay(node.Value)
	return err
}

// IsOver reports whether the day has ended at a moment. The zero value never ends.
func (d Day) IsOver(now time.Time) bool {
	return !d.IsZero() && d.Format(time.DateOnly) < now.Format(time.DateOnly)
}

// findRule returns the rule with a code.
func findRule(code string) (rule.Rule, error) {
	r, ok := rule.ByCode(code)
	if !ok {
		return r, fmt.Errorf("rule %q is not known: %s", code, rule.Suggest(code))
	}
	return r, nil
}

// check returns all mistakes of an entry.
func (e Exception) check() error {
	var errs []error
	r, err := findRule(e.Rule)
	switch {
	case e.Rule == "":
		errs = append(errs, errors.New("the exception names no rule: add rule: CODE"))
	case err != nil:
		errs = append(errs, err)
	case r.OfExceptions():
		errs = append(errs, fmt.Errorf("%s can't be excepted: mend the exception that it reports", r.Code))
	}
	if e.Reason == "" {
		errs = append(errs, errors.New("the exception has no reason: add reason: and why it is accepted"))
	}
	if e.Path != "" {
		errs = append(errs, checkGlob(e.Path))
	}
	for _, pattern := range []string{e.Object, e.Container, e.Image} {
		if _, err := path.Match(pattern, ""); err != nil {
			errs = append(errs, fmt.Errorf("%q is not a pattern: write a name, which may contain *", pattern))
		}
	}
	return errors.Join(errs...)
}

// Limit says in which files the findings of a rule are reported and fixed.
type Limit struct {
	Only []string `yaml:"only"` // globs of the files; empty for all files
	Not  []string `yaml:"not"`  // globs of the files to leave out, even if Only matches
}

// check returns all mistakes in the limit of a rule.
func (l Limit) check(code string) error {
	_, err := findRule(code)
	errs := []error{err}
	if len(l.Only)+len(l.Not) == 0 {
		errs = append(errs, fmt.Errorf("%s has neither only nor not: name globs of files under one of them, or leave the rule out", code))
	}
	for _, glob := range append(l.Only, l.Not...) {
		errs = append(errs, checkGlob(glob))
	}
	return errors.Join(errs...)
}

// SkipsRule reports whether the rule's limit leaves the file out.
func (c *Config) SkipsRule(r rule.Rule, file string) bool {
	l, ok := c.Rules[r.Code]
	if !ok {
		return false
	}
	return len(l.Only) > 0 && !c.Matches(l.Only, file) || c.Matches(l.Not, file)
}
