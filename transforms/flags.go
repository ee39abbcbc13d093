package transforms

import (
	"slices"
	"strconv"
	"strings"

	"shellfree/rewrite/invocation"
)

// flag is a log flag as it stands among the words of a program.
type flag struct {
	name    string          // without dashes, with dashes for underscores: log-file
	at, end int             // its words are words[at:end]
	value   invocation.Word // what it is set to; no parts for a flag alone
	// loose is the word after a flag without value: for a bool flag it is an
	// argument of its own, since flag packages take bool values with = only.
	loose string
	// open is set where a placeholder follows that may hold the value or not.
	open bool
}

// takesValue says of the flags looked for whether the next word is their value.
// The bool flags and the others are from k8s.io/klog (klog.go, InitFlags),
// component-base/logs and etcd's server/etcdmain/config.go.
func takesValue(name string) (valued, known bool) {
	switch name {
	case "logtostderr", "alsologtostderr", "add-dir-header", "one-output", "skip-headers", "skip-log-headers":
		return false, true
	case "log-backtrace-at", "stderrthreshold", "log-dir", "log-file", "log-file-max-size", "logging-format", "logger", "log-output", "log-outputs", "config-file":
		return true, true
	}
	return false, false
}

// flagsOf returns the log flags among words[from:], in order, up to the word --
// that ends flags. Only flags whose name is literal are found.
func flagsOf(words []invocation.Word, from int) []flag {
	var found []flag
	for i := from; i < len(words); i++ {
		if words[i].IsLiteral() && words[i].String() == "--" {
			break
		}
		f, ok := flagAt(words, i)
		if ok {
			found = append(found, f)
			i = f.end - 1
		}
	}
	return found
}

func flagAt(words []invocation.Word, i int) (flag, bool) {
	name, value, hasValue := nameOf(words[i])
	valued, known := takesValue(name)
	if !known {
		return flag{}, false
	}
	f := flag{name: name, at: i, end: i + 1, value: value}
	if hasValue || i+1 >= len(words) {
		return f, true
	}
	next := words[i+1]
	switch {
	case valued && next.Several:
		f.open = true
	case valued:
		f.value, f.end = next, i+2
	default:
		if _, err := strconv.ParseBool(next.String()); err == nil {
			f.loose = next.String()
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

// insert returns the words with the flags standing before words[at], and
// without those in drop.
func insert(words []invocation.Word, at int, flags []invocation.Word, drop []flag) []invocation.Word {
	all := slices.Concat(words[:at], flags)
	for i := at; i < len(words); i++ {
		if !slices.ContainsFunc(drop, func(f flag) bool { return f.at <= i && i < f.end }) {
			all = append(all, words[i])
		}
	}
	return all
}

// undroppable says why a flag can't be replaced; "" where it can. A placeholder
// must not vanish with a flag: whoever fills it would not notice.
func (s start) undroppable(f flag) string {
	text := f.text(s.inv.Words)
	if f.open {
		return text + " is followed by " + s.inv.Words[f.end].String() + ", which may hold its value"
	}
	for _, w := range s.inv.Words[f.at:f.end] {
		if slices.ContainsFunc(w.Parts, func(p invocation.Part) bool { return p.Kind == invocation.Placeholder }) {
			return text + " stands there already and can't be replaced, because it holds a placeholder"
		}
	}
	return ""
}

// severalWords returns the placeholders that may hold flags of any kind.
func severalWords(words []invocation.Word) []string {
	var texts []string
	for _, w := range words {
		if w.Several {
			texts = append(texts, w.String())
		}
	}
	return texts
}
