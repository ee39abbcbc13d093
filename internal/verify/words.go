package verify

import (
	"fmt"
	"slices"
	"strings"

	"shellfree/rewrite"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
)

// words compares the program and its arguments.
func (c *Comparison) words(before, after []invocation.Word) {
	was, is := keys(before), keys(after)
	if len(was) == 0 || len(is) == 0 {
		return
	}
	switch {
	case c.After.Entrypoint != c.Before.Entrypoint:
		was, is = c.arguments(c.Before, was), c.arguments(c.After, is)
	case was[0] != is[0]:
		c.differ("the program was " + was[0] + ", now it is " + is[0])
		was, is = was[1:], is[1:]
	}
	gone, added := remainder(was, is), remainder(is, was)
	if len(gone)+len(added) == 0 {
		c.order(was, is)
		return
	}
	stayed, stays := remainder(was, gone), remainder(is, added)
	gone, added = c.single(gone, added)
	gone, added = c.joined(gone, added)
	gone, added = c.values(gone, added)
	for _, w := range gone {
		c.differ("the argument " + shown(w) + " is gone")
	}
	for _, w := range added {
		c.differ("the argument " + shown(w) + " is new")
	}
	c.order(stayed, stays)
}

// arguments returns the words without the program, where one is named.
func (c *Comparison) arguments(s *rewrite.Start, words []string) []string {
	if s.Entrypoint {
		return words
	}
	return words[1:]
}

// empty finds unquoted words that a shell drops when nothing is in them.
func (c *Comparison) empty() {
	if c.Before.Shell == "" || c.After.Shell != "" {
		return
	}
	lookup := expansion.Environment{Variables: c.Before.Env}.At(expansion.Container)
	now := keys(c.After.Invocation.Words)
	for _, w := range c.Before.Invocation.Words {
		if len(w.Parts) != 1 || w.Parts[0].Kind != invocation.Variable || w.Parts[0].Quoted || !slices.Contains(now, w.String()) {
			continue
		}
		if !lookup(w.Parts[0].Text).Safe {
			c.differ(shown(w.String()) + " is one argument now, even when it is empty; the shell split it, or dropped it")
		}
	}
}

// several ends the key of a placeholder that stands for any number of words.
const several = "\x00"

// keys returns the words as text to compare.
func keys(words []invocation.Word) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.String()
		if w.Several {
			all[i] += several
		}
	}
	return all
}

// shown writes a key, or a piece of script, for a message.
func shown(key string) string {
	key = strings.Join(strings.Fields(strings.TrimSuffix(key, several)), " ")
	if key == "" {
		return "nothing"
	}
	if r := []rune(key); len(r) > 100 {
		key = string(r[:97]) + "..."
	}
	return "`" + key + "`"
}

// remainder returns the words of a that b lacks, in order, each as often as it
// is missing.
func remainder(a, b []string) []string {
	count := map[string]int{}
	for _, w := range b {
		count[w]++
	}
	var left []string
	for _, w := range a {
		if count[w]--; count[w] < 0 {
			left = append(left, w)
		}
	}
	return left
}

// order compares the order of the same words.
func (c *Comparison) order(was, is []string) {
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			c.differ("the order changed: " + shown(was[i]) + " stood before " + shown(is[i]) + " and stands behind it now; of equal flags the last wins")
			return
		}
	}
}

// single finds placeholders of several words that became one argument, or the
// other way round.
func (c *Comparison) single(gone, added []string) ([]string, []string) {
	p := newPairing(added, func(is string) []string { return []string{is} })
	return p.pair(gone, func(was string) []string { return []string{strings.TrimSuffix(was, several), was + several} }, func(was, is string) {
		if was == is+several {
			c.differ(fmt.Sprintf("%s stood for any number of words, now it is one argument, and an empty one when nothing is filled in", shown(was)))
		} else {
			c.differ(fmt.Sprintf("%s was one argument, now it stands for any number of words", shown(was)))
		}
	})
}

// joined finds a flag and its value as two words that became one, --a b and
// --a=b, or the other way round. Flag packages take both, so it is only noted.
func (c *Comparison) joined(gone, added []string) ([]string, []string) {
	one := func(two, joined []string, say func(flag, value string)) (left, rest []string) {
		p := newPairing(joined, func(word string) []string { return []string{word} })
		for i := 0; i < len(two); i++ {
			if i+1 < len(two) && strings.HasPrefix(two[i], "-") {
				value := strings.TrimSuffix(two[i+1], several)
				if _, found := p.take(two[i] + "=" + value); found {
					say(two[i], value)
					i++
					continue
				}
			}
			left = append(left, two[i])
		}
		return left, p.rest()
	}
	gone, added = one(gone, added, func(flag, value string) {
		c.Notes = append(c.Notes, shown(flag+" "+value)+" is written with = now")
	})
	added, gone = one(added, gone, func(flag, value string) {
		c.Notes = append(c.Notes, shown(flag+"="+value)+" is written as two words now")
	})
	return gone, added
}

// values finds flags that have another value, and quotes that the shell took away.
func (c *Comparison) values(gone, added []string) ([]string, []string) {
	p := newPairing(added, func(is string) []string {
		keys := []string{"text " + unquoted(is)}
		if flag, now, ok := strings.Cut(is, "="); ok {
			keys = append(keys, "text "+flag+"="+unquoted(now), flagKey(flag))
		}
		return keys
	})
	keys := func(was string) []string {
		keys := []string{"text " + was}
		if flag, _, ok := strings.Cut(was, "="); ok && strings.HasPrefix(flag, "-") {
			keys = append(keys, flagKey(flag))
		}
		return keys
	}
	return p.pair(gone, keys, func(was, is string) {
		flag, value, _ := strings.Cut(was, "=")
		_, now, _ := strings.Cut(is, "=")
		if unquoted(is) == was || unquoted(now) == value {
			c.differ("the quotes in " + shown(is) + " were the shell's, now the program gets them")
		} else {
			c.differ(flag + " was " + shown(value) + ", now it is " + shown(now))
		}
	})
}

func flagKey(flag string) string { return "flag " + flag }

// unquoted returns s without quotes around it.
func unquoted(s string) string {
	if n := len(s); n >= 2 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0] {
		return s[1 : n-1]
	}
	return s
}
