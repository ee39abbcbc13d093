package proof

import (
	"slices"
	"strings"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/validate"
)

// sample gives each variable and placeholder, by its text as in the file, the
// words that stand for it in one run: one, none, or several.
type sample map[string][]string

// hostile is a value that a shell reads as syntax, splits and matches, unless
// nothing of it ever reaches one.
const hostile = `a 'b" $c *?[d]\e;`

// unknown is a variable or placeholder whose value the manifest does not tell,
// with values to try.
type unknown struct {
	text   string     // $(NAME), or the placeholder as it stands in the file
	plain  []string   // one word
	others [][]string // values for which the fix must be right, safe or not
	// any is set where only a fix for review may go wrong with a hostile value.
	any bool
}

// unknowns returns what in the words of an invocation has no known value, each
// once. It tries what a fix claims: no value of several words or none for what
// the review says must be one.
func (p *Start) unknowns() []unknown {
	var all []unknown
	single := map[string]bool{}
	add := func(w invocation.Word, several, vanish bool) {
		for _, part := range w.Parts {
			u, ok := p.unknown(part, several, vanish || hasLiteral(w))
			if !ok {
				continue
			}
			single[u.text] = single[u.text] || !several
			at := slices.IndexFunc(all, func(other unknown) bool { return other.text == u.text })
			if at < 0 {
				all = append(all, u)
			} else if len(u.others) < len(all[at].others) || len(u.others) == 0 {
				all[at].others = u.others
			}
		}
	}
	for i, w := range p.Invocation.Words {
		quoted := slices.ContainsFunc(w.Parts, func(part invocation.Part) bool { return part.Quoted })
		add(w, i > 0 && (w.Several || p.fillsSeveral(w)), i > 0 && quoted)
	}
	for _, a := range p.Invocation.Env {
		add(a.Value, false, true)
	}
	for _, w := range []invocation.Word{p.Invocation.Dir, p.Invocation.Stdout.Path, p.Invocation.Stderr.Path} {
		add(w, false, false)
	}
	for i, u := range all { // part of a word elsewhere, so it is one word everywhere
		if single[u.text] {
			all[i].others = slices.DeleteFunc(slices.Clone(u.others), func(words []string) bool { return len(words) != 1 })
		}
	}
	return all
}

// fillsSeveral reports a word that is nothing but an unquoted placeholder which
// may be filled with several words, also where the analysis took it for one.
func (p *Start) fillsSeveral(w invocation.Word) bool {
	return len(w.Parts) == 1 && !w.Parts[0].Quoted && slices.ContainsFunc(p.Script.Marks, func(m invocation.Mark) bool {
		return m.Word == w.Parts[0].Mark && m.Policy == invocation.Words
	})
}

func hasLiteral(w invocation.Word) bool {
	return slices.ContainsFunc(w.Parts, func(part invocation.Part) bool { return part.Kind == invocation.Literal && part.Text != "" })
}

// unknown returns the values to try for a part of a word; vanish tells whether
// the word is one argument still when nothing stands for the part.
func (p *Start) unknown(part invocation.Part, several, vanish bool) (unknown, bool) {
	u := unknown{text: part.Text, plain: []string{"word"}, others: [][]string{{"10259"}}, any: true}
	switch b := p.bindings[part.Text]; {
	case part.Kind == invocation.Literal, part.Kind == invocation.Variable && b.Known:
		return unknown{}, false
	case part.Kind == invocation.Variable && b.Safe: // names and addresses
		u.text, u.plain, u.others, u.any = reference(part.Text), []string{"pod-0"}, [][]string{{"fd00::1"}}, false
		return u, true
	case part.Kind == invocation.Variable:
		u.text = reference(part.Text)
	case several && p.Script.Upstream:
		u.plain, u.others = []string{"--a"}, [][]string{{"--a", "--b=c"}}
		return u, true
	case several:
		u.plain, u.others = []string{"--a"}, [][]string{{"--a", "--b=c"}, {}}
		return u, true
	}
	if vanish {
		u.others = append(u.others, []string{""})
	}
	return u, true
}

func reference(name string) string { return "$(" + name + ")" }

// sampleLimit bounds the runs of one script. What is beyond it is tried
// together with everything else only.
const sampleLimit = 24

// samples returns the samples that a fix must stand: all plain, each unknown
// with each of its other values in turn, and all with their last values. A safe
// fix must stand hostile values too.
func samples(all []unknown, safe bool) []sample {
	plain, last, worst := sample{}, sample{}, sample{}
	for _, u := range all {
		plain[u.text], last[u.text], worst[u.text] = u.plain, u.plain, u.plain
		if len(u.others) > 0 {
			last[u.text] = u.others[len(u.others)-1]
		}
		if u.any {
			worst[u.text] = []string{hostile}
		}
	}
	list := []sample{plain}
	for _, u := range all {
		values := u.others
		if safe && u.any {
			values = append(slices.Clone(values), []string{hostile})
		}
		for _, words := range values {
			if len(list) < sampleLimit {
				list = append(list, plain.with(u.text, words))
			}
		}
	}
	if len(all) > 1 {
		list = append(list, last)
	}
	if len(all) > 1 && safe {
		list = append(list, worst)
	}
	return list
}

func (v sample) with(text string, words []string) sample {
	other := make(sample, len(v))
	for t, w := range v {
		other[t] = w
	}
	other[text] = words
	return other
}

// text returns what stands for a placeholder or variable inside a word.
func (v sample) text(name string) string { return strings.Join(v[name], " ") }

// value returns the variable's literal value, or the sample's where it is not known.
func (p *Start) value(v sample, name string) (string, bool) {
	b := p.bindings[name]
	switch {
	case b.State != expansion.Declared:
		return "", false
	case b.Known:
		return b.Value, true
	}
	if words, ok := v[reference(name)]; ok {
		return strings.Join(words, " "), true
	}
	return "value-of-" + name, true // which nothing in the script uses
}

// expand applies the kubelet's expansion.
func (p *Start) expand(v sample, text string) string {
	if p.Script.Place == expansion.Hook {
		return text
	}
	return expansion.Expand(text, func(name string) (string, bool) { return p.value(v, name) })
}

// filled returns the script as its shell gets it.
func (p *Start) filled(v sample) string {
	var pairs []string
	for _, m := range p.Script.Marks {
		pairs = append(pairs, m.Word, v.text(m.Text))
	}
	return p.expand(v, strings.NewReplacer(pairs...).Replace(p.Script.Text))
}

// environment returns the declared variables as the shell finds them.
func (p *Start) environment(v sample) []string {
	var env []string
	for _, variable := range p.Script.Env.Variables {
		if value, ok := p.value(v, variable.Name); ok {
			env = append(env, variable.Name+"="+value)
		}
	}
	return env
}

// fill returns the argument that a word stands for under the sample.
func (p *Start) fill(v sample, w invocation.Word) string {
	var b strings.Builder
	for _, part := range w.Parts {
		switch part.Kind {
		case invocation.Literal:
			b.WriteString(part.Text)
		case invocation.Variable:
			value, _ := p.value(v, part.Text)
			b.WriteString(value)
		case invocation.Placeholder:
			b.WriteString(v.text(part.Text))
		}
	}
	return b.String()
}

func (p *Start) fillAll(v sample, words []invocation.Word) []string {
	return v.each(words, func(w invocation.Word) string { return p.fill(v, w) })
}

// written returns the arguments that the container runtime gets for the items
// of an array: placeholders filled, then expanded by the kubelet.
func (p *Start) written(v sample, words []invocation.Word) []string {
	return v.each(words, func(w invocation.Word) string {
		item := invocation.Word{Parts: slices.Clone(w.Parts)}
		for i, part := range item.Parts {
			if part.Kind == invocation.Placeholder {
				item.Parts[i].Text = v.text(part.Text)
			}
		}
		return p.expand(v, edit.Value(item, p.Script.Place == expansion.Hook))
	})
}

// each returns the arguments that words stand for: those of a placeholder of
// several, and of each other word the one that argument gives.
func (v sample) each(words []invocation.Word, argument func(invocation.Word) string) []string {
	all := make([]string, 0, len(words))
	for _, w := range words {
		if w.Several {
			all = append(all, v[w.Parts[0].Text]...)
		} else {
			all = append(all, argument(w))
		}
	}
	return all
}

// assignments returns NAME=value of each, sorted; value gives that of a word.
func assignments(list []invocation.Assignment, value func(invocation.Word) string) []string {
	var env []string
	for _, a := range list {
		env = append(env, a.Name+"="+value(a.Value))
	}
	slices.Sort(env)
	return env
}

func (p *Start) stream(v sample, d invocation.Destination) validate.Stream {
	return validate.Stream{Kind: d.Kind, Path: p.fill(v, d.Path), Append: d.Append, Tee: d.Tee}
}
