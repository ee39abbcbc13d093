package invocation

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/rule"
)

// assigned is a variable that the script sets.
type assigned struct {
	Assignment
	exported bool // it reaches the program
}

// assignedLimit is how many variables a script may set. It bounds the search
// for what mentions them; real scripts set a handful.
const assignedLimit = 100

// assign analyses NAME=value before a program, in export, or alone.
func (a *analysis) assign(as *syntax.Assign, exported bool) *Obstacle {
	switch {
	case as.Name == nil:
		return obstacle(rule.Environment, quoteShort(a.source(as)), " is no assignment that can move to the container's env: declare the variable there")
	case as.Naked:
		return a.export(as.Name.Value)
	case as.Append || as.Index != nil || as.Array != nil:
		return obstacle(rule.Environment, quoteShort(a.source(as)), " is no plain assignment: declare the whole value in the container's env")
	case len(a.assigned) == assignedLimit:
		return obstacle(rule.Environment, "the script sets more than ", strconv.Itoa(assignedLimit), " variables: declare them in the container's env")
	}
	set := assigned{Assignment{Name: as.Name.Value}, exported}
	if as.Value != nil {
		// path reads the value as one word. That is stricter than the shell for
		// patterns, which it leaves alone in an assignment, and what older
		// shells do after export.
		w, bad := a.redirectedFile(as.Value)
		if bad != nil {
			return obstacle(rule.Environment, set.Name, " can't move to the container's env, ", bad.Message)
		}
		set.Value = w
	}
	for _, other := range a.assigned {
		if other.Name == set.Name {
			return obstacle(rule.Environment, "the script sets ", set.Name, " twice: write one assignment")
		}
	}
	a.assigned = append(a.assigned, set)
	return a.whyKeptInShell(set)
}

// export marks a variable that was assigned before.
func (a *analysis) export(name string) *Obstacle {
	for i := range a.assigned {
		if a.assigned[i].Name == name {
			a.assigned[i].exported = true
			return nil
		}
	}
	return obstacle(rule.Environment, "the script exports ", name, " without a value: declare it in the container's env, or drop the export")
}

// placeVariables decides what becomes of each variable that the script sets: an
// entry of the container's env, or nothing where the program never sees it.
func (a *analysis) placeVariables() *Obstacle {
	for _, v := range a.assigned {
		decide := a.dropUnexported
		if v.exported {
			decide = a.addEntry
		}
		if bad := decide(v); bad != nil {
			return bad
		}
	}
	a.relativeProgram()
	return nil
}

// whyKeptInShell names what no field of a container can do with a variable.
func (a *analysis) whyKeptInShell(v assigned) *Obstacle {
	why := ""
	switch {
	case v.Name == "PATH":
		why = "decides which programs are found, those of probes as well: name the program by its path"
	case v.Name == "BASH_ENV" || v.Name == "ENV":
		why = "makes shells read a file first: remove it, or keep the shell"
	case ownedByShell(v.Name) || strings.HasPrefix(v.Name, "BASH_") || v.Name == "POSIXLY_CORRECT":
		why = "is one that shells set or obey themselves: use a variable of another name"
	case a.Env.Has(v.Name):
		why = "is in the container's env already: change it there"
	case expansion.Mentions(a.Text, v.Name):
		why = "is used in the script: write its value where it is used"
	default:
		return nil
	}
	return obstacle(rule.Environment, "the script sets ", v.Name, ", which ", why)
}

// addEntry makes a variable an entry of env.
func (a *analysis) addEntry(v assigned) *Obstacle {
	switch {
	case a.Place != expansion.Container:
		return obstacle(rule.Environment, "the script sets ", v.Name, ", and a probe or hook has no env of its own: declare it in the container's env")
	case a.Shell.OwnEnvironment:
		return obstacle(rule.Environment, "the script sets ", v.Name, " behind env, which makes an environment of its own: set it there")
	}
	if a.lookup(v.Name).State == expansion.Unknown {
		a.remark(ShadowedVariable, "", "the entry "+v.Name+" of env wins over one that envFrom or a service brings, for the rest of the container too: check that they bring none, or the same")
	}
	a.inv.Env = append(a.inv.Env, v.Assignment)
	return nil
}

// dropUnexported drops a variable that is not exported, so that the program sees it
// only where the environment has one of that name already.
func (a *analysis) dropUnexported(v assigned) *Obstacle {
	if a.inShell(v.Name).State == expansion.Unknown || Lists("HOME HOSTNAME TERM", v.Name) {
		return obstacle(rule.Environment, "the script sets ", v.Name, " without export, which reaches the program where the environment has it already: declare it in the container's env, or drop it")
	}
	a.remark(UnexportedVariable, "", "the assignment of "+v.Name+" is dropped, and without export it reached the program only if the image or a template sets "+v.Name+" as well: check that they don't")
	return nil
}
