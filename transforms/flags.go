package transforms

import (
	"slices"
	"strconv"
	"strings"

	"shellfree/rewrite/invocation"
)

// flag is a log flag as it stands among the words of a program.
type flag struct {
	name    string          // without dashes before it, and with dashes for underscores: log-file
	at, end int             // its words are words[at:end]
	value   invocation.Word // its value; no parts for a flag alone
	// looseWord stands after a flag without value: for a bool flag it is an
	// argument of its own, since flag packages take bool values with = only.
	looseWord string
	// mayHaveValue is set where a placeholder follows that may hold the value or
	// not.
	mayHaveValue bool
}

// flagList holds log flags in the order in which they stand.
type flagList []flag

// flagTable says of each log flag that is looked for whether the next word is
// its value.
type flagTable map[string]bool

// newFlagTable knows the flags that sinks add to a program, but for those of
// programs of their own, and some that decide whether a sink is right:
// logging-format takes klog's flags away (component-base/logs), config-file and
// log-output etcd's (server/etcdmain/config.go).
func newFlagTable(c *Catalogue) flagTable {
	table := flagTable{"logging-format": true, "config-file": true, "log-output": true}
	sinks := slices.DeleteFunc(Sinks(), func(k Sink) bool { return k.Front != "" })
	for _, f := range allFlags(c, sinks) {
		table[f.Name] = !f.Bool
	}
	return table
}

// findIn returns the log flags among words[from:], in order, up to the word --
// that ends flags. Only flags whose name is literal are found.
func (t flagTable) findIn(words []invocation.Word, from int) flagList {
	var found flagList
	for i := from; i < len(words); i++ {
		if words[i].IsLiteral() && words[i].String() == "--" {
			break
		}
		f, ok := t.flagAt(words, i)
		if ok {
			found = append(found, f)
			i = f.end - 1
		}
	}
	return found
}

func (t flagTable) flagAt(words []invocation.Word, i int) (flag, bool) {
	name, value, hasValue := nameOf(words[i])
	takesValue, known := t[name]
	if !known {
		return flag{}, false
	}
	f := flag{name: name, at: i, end: i + 1, value: value}
	if hasValue || i+1 >= len(words) {
		return f, true
	}
	next := words[i+1]
	switch {
	case takesValue && next.Several:
		f.mayHaveValue = true
	case takesValue:
		f.value, f.end = next, i+2
	default:
		if _, err := strconv.ParseBool(next.String()); err == nil {
			f.looseWord = next.String()
		}
	}
	return f, true
}

// nameOf splits a word at its first = into the flag's name and value.
func nameOf(w invocation.Word) (name string, value invocation.Word, hasValue bool) {
	if w.Several || len(w.Parts) == 0 || w.Parts[0].Kind != invocation.Literal || !strings.HasPrefix(w.Parts[0].Text, "-") {
		return "", value, false
	}
	head, rest, hasValue := strings.Cut(w.Parts[0].Text, "=")
	if !hasValue && len(w.Parts) > 1 {
		return "", value, false // the name goes on in a placeholder
	}
	name = strings.TrimPrefix(strings.TrimPrefix(head, "-"), "-")
	if hasValue {
		value = invocation.Word{Parts: slices.Clone(w.Parts)}
		value.Parts[0].Text = rest
	}
	return strings.ReplaceAll(name, "_", "-"), value, hasValue
}

// isTrue reports whether a bool flag is set to true, as it is without a value.
func (f flag) isTrue() bool {
	on, err := strconv.ParseBool(f.value.String())
	return len(f.value.Parts) == 0 || err == nil && on
}

// isFalse reports whether a bool flag is set to false.
func (f flag) isFalse() bool {
	on, err := strconv.ParseBool(f.value.String())
	return err == nil && !on
}

// text writes the flag as it stands among the words.
func (f flag) text(words []invocation.Word) string {
	var items []string
	for _, w := range words[f.at:f.end] {
		items = append(items, w.String())
	}
	return strings.Join(items, " ")
}

// texts writes all flags, with commas between.
func (l flagList) texts(words []invocation.Word) string {
	var all []string
	for _, f := range l {
		all = append(all, f.text(words))
	}
	return strings.Join(all, ", ")
}

// withNames returns the flags whose names are in a list.
func (l flagList) withNames(known []invocation.Flag) flagList {
	var all flagList
	for _, f := range l {
		if slices.ContainsFunc(known, func(k invocation.Flag) bool { return k.Name == f.name }) {
			all = append(all, f)
		}
	}
	return all
}

// lastNamed returns the last flag of a name, whose value is the one that counts.
func (l flagList) lastNamed(name string) (flag, bool) {
	for _, f := range slices.Backward(l) {
		if f.name == name {
			return f, true
		}
	}
	return flag{}, false
}

func (l flagList) isOn(name string) bool {
	f, ok := l.lastNamed(name)
	return ok && f.isTrue()
}

func (l flagList) isOff(name string) bool {
	f, ok := l.lastNamed(name)
	return ok && f.isFalse()
}

// insertFlags returns the words with flags standing before words[at], and without
// those that are dropped.
func insertFlags(words []invocation.Word, at int, added []invocation.Word, dropped flagList) []invocation.Word {
	all := slices.Concat(words[:at], added)
	for i := at; i < len(words); i++ {
		if !slices.ContainsFunc(dropped, func(f flag) bool { return f.at <= i && i < f.end }) {
			all = append(all, words[i])
		}
	}
	return all
}

// whyFixed says why a flag can't be replaced; "" where it can. A placeholder must
// not vanish with a flag, since the values that fill it would be lost unnoticed.
func (c candidate) whyFixed(f flag) string {
	text := f.text(c.inv.Words)
	if f.mayHaveValue {
		return text + " is followed by " + c.inv.Words[f.end].String() + ", which may hold its value"
	}
	for _, w := range c.inv.Words[f.at:f.end] {
		if slices.ContainsFunc(w.Parts, func(p invocation.Part) bool { return p.Kind == invocation.Placeholder }) {
			return text + " stands there already and can't be replaced, because it holds a placeholder"
		}
	}
	return ""
}
