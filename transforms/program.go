package transforms

import (
	"path"
	"strings"

	"shellfree/rewrite/invocation"
)

// programPlace is the program that a list of words starts, and its place there.
type programPlace struct {
	name  string   // base name, of the component where hyperkube starts it
	entry *Program // nil for a program the catalogue lacks
	// flagsAt is the index of the word before which its flags may stand; -1 where
	// that can't be told.
	flagsAt int
}

// locateProgram finds the program behind known wrappers, and where its flags begin.
func (c *Catalogue) locateProgram(words []invocation.Word) programPlace {
	for i := 0; ; {
		name := path.Base(words[i].String())
		w, known := invocation.WrapperNamed(name)
		if !known || w.Elsewhere || w.Runner {
			return c.programAt(words, i)
		}
		next := programBehind(w, words, i)
		if next < 0 {
			return programPlace{name: name, flagsAt: -1}
		}
		i = next
	}
}

// programBehind returns the index of the program that the wrapper at words[i] starts,
// -1 where it can't be told.
func programBehind(w invocation.Wrapper, words []invocation.Word, i int) int {
	left := w.Operands
	options := true
	for i++; i < len(words); i++ {
		text := words[i].String()
		literal := words[i].IsLiteral()
		switch {
		case words[i].Several:
			return -1
		case options && literal && text == "--":
			options = false
		case options && literal && invocation.Lists(w.Valued, text):
			i++
		case options && literal && strings.HasPrefix(text, "-") && text != "-":
		case w.Assigns && strings.Contains(text, "="):
			options = false
		case left > 0:
			left, options = left-1, false
		default:
			return i
		}
	}
	return -1
}

// programAt returns the program at words[i], or the one that its subcommand names.
func (c *Catalogue) programAt(words []invocation.Word, i int) programPlace {
	p := programPlace{name: words[i].String(), flagsAt: i + 1}
	if !words[i].IsLiteral() {
		return p
	}
	p.name = path.Base(p.name)
	p.entry = c.Lookup(p.name)
	if p.entry == nil || len(p.entry.Subcommands) == 0 || i+1 >= len(words) {
		return p
	}
	if name, ok := p.entry.Subcommands[words[i+1].String()]; ok && words[i+1].IsLiteral() {
		return programPlace{name: name, entry: c.Lookup(name), flagsAt: i + 2}
	}
	return p
}
