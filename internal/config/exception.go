package config

import (
	"errors"
	"fmt"
	"path"
	"time"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/rule"
)

// Exception says that the findings of a rule are known and accepted where all
// that it names fits.
type Exception struct {
	// Path is a glob for the file, below the configuration's folder; "" for all.
	Path string `yaml:"path"`
	// Kind is that of the object; Object and Container are names, as patterns of
	// path.Match.
	Kind      string `yaml:"kind"`
	Object    string `yaml:"name"`
	Container string `yaml:"container"`
	// Image is a pattern as in images.
	Image  string `yaml:"image"`
	Rule   string `yaml:"rule"` // a code
	Reason string `yaml:"reason"`
	Owner  string `yaml:"owner"`
	// Until is the last day on which it holds, the zero value for no end.
	Until Day `yaml:"until"`
	// Line is where the entry stands.
	Line int `yaml:"-"`
}

// Day is a calendar day. The zero value is none.
type Day struct{ time.Time }

// ParseDay reads a day as exceptions write it, 2027-03-31.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, fmt.Errorf("%q is no day: write it as 2027-03-31", s)
	}
	return Day{t}, nil
}

// UnmarshalYAML reads a day, in quotes or not.
func (d *Day) UnmarshalYAML(node *yaml.Node) (err error) {
	*d, err = ParseDay(node.Value)
	return err
}

// Before reports whether the day is over at a moment, there being a day.
func (d Day) Before(now time.Time) bool {
	return !d.IsZero() && d.Format(time.DateOnly) < now.Format(time.DateOnly)
}

// ruleNamed returns the rule of a code that may be excepted.
func ruleNamed(code string) (rule.Rule, error) {
	r, ok := rule.ByCode(code)
	if !ok {
		return r, fmt.Errorf("rule %q is not known: %s", code, rule.Suggest(code))
	}
	return r, nil
}

// check reports what is wrong in an entry.
func (e Exception) check() error {
	var errs []error
	r, err := ruleNamed(e.Rule)
	switch {
	case e.Rule == "":
		errs = append(errs, errors.New("the exception names no rule: add rule: CODE"))
	case err != nil:
		errs = append(errs, err)
	case r.OfExceptions():
		errs = append(errs, fmt.Errorf("%s can't be excepted: mend the exception that it is about", r.Code))
	}
	if e.Reason == "" {
		errs = append(errs, errors.New("the exception has no reason: add reason: and why it is accepted"))
	}
	if e.Path != "" {
		errs = append(errs, checkGlob(e.Path))
	}
	for _, pattern := range []string{e.Object, e.Container, e.Image} {
		if _, err := path.Match(pattern, ""); err != nil {
			errs = append(errs, fmt.Errorf("%q is no pattern: write a name, with * at most", pattern))
		}
	}
	return errors.Join(errs...)
}

// Limit bounds the files in which a rule's findings are reported and fixed.
type Limit struct {
	Only []string `yaml:"only"` // globs; none: all files
	Not  []string `yaml:"not"`  // globs, which win over Only
}

// check reports what is wrong in the limit of a rule.
func (l Limit) check(code string) error {
	_, err := ruleNamed(code)
	errs := []error{err}
	if len(l.Only)+len(l.Not) == 0 {
		errs = append(errs, fmt.Errorf("%s has neither only: nor not:; name globs of files, or leave it out", code))
	}
	for _, glob := range append(l.Only, l.Not...) {
		errs = append(errs, checkGlob(glob))
	}
	return errors.Join(errs...)
}

// Off reports whether a rule is limited to other files than this one.
func (c *Config) Off(r rule.Rule, file string) bool {
	l, ok := c.Rules[r.Code]
	if !ok {
		return false
	}
	return len(l.Only) > 0 && !c.Matches(l.Only, file) || c.Matches(l.Not, file)
}
