package transforms

import (
	"fmt"
	"slices"
)

// Extend returns a catalogue with a configuration's programs before its own. An
// entry for a name that is there already takes the facts that it leaves out from
// that entry, for that name only. Entries that make no sense are errors; they need
// no source.
func (c *Catalogue) Extend(programs []Program) (*Catalogue, error) {
	var own []Program
	for _, p := range programs {
		if len(p.Names) == 0 {
			return nil, fmt.Errorf("%s: the program has no names: name the executable", p.Origin)
		}
		for _, name := range p.Names {
			one := p
			one.Names, one.ownRunner = []string{name}, p.Runner != nil
			if known := c.entry(name); known != nil {
				one = one.inheritFrom(*known)
			}
			if err := one.checkFacts(); err != nil {
				return nil, fmt.Errorf("%s: the program %s %w", p.Origin, name, err)
			}
			own = append(own, one)
		}
	}
	return newCatalogue(slices.Concat(own, c.Programs), c.builtIn), nil
}

// entry returns the entry with that very name, not one whose pattern matches.
func (c *Catalogue) entry(name string) *Program {
	for i, p := range c.Programs {
		if slices.Contains(p.Names, name) {
			return &c.Programs[i]
		}
	}
	return nil
}

// inheritFrom fills the fields that p leaves out from the entry that it stands before.
func (p Program) inheritFrom(known Program) Program {
	if p.Logs == "" {
		p.Logs = known.Logs
		if p.Klog != nil {
			p.Logs = "klog"
		}
	}
	p.Core = p.Core || known.Core
	p.ImageNeeded = p.ImageNeeded || known.ImageNeeded && p.Images == nil
	p.Images = slices.Concat(p.Images, known.Images)
	if p.Logs == "klog" && p.Klog == nil {
		p.Klog = known.Klog
	}
	fillUnset(&p.Why, known.Why)
	fillUnset(&p.Source, known.Source)
	fillUnset(&p.Runner, known.Runner)
	fillUnset(&p.Native, known.Native)
	fillUnset(&p.BaseImage, known.BaseImage)
	if p.Subcommands == nil {
		p.Subcommands = known.Subcommands
	}
	if p.Remarks == nil {
		p.Remarks = known.Remarks
	}
	return p
}

// fillUnset gives a value that is the zero one the known one.
func fillUnset[T comparable](value *T, known T) {
	var none T
	if *value == none {
		*value = known
	}
}
