package verify

import (
	"fmt"
	"slices"
	"strings"

	"shellfree/rewrite"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
)

// compareWords compares the program and its arguments.
func (c *Comparison) compareWords(before, after []invocation.Word) {
	was, is := wordKeys(before), wordKeys(after)
	if len(was) == 0 || len(is) == 0 {
		return
	}
	switch {
	case c.After.Entrypoint != c.Before.Entrypoint:
		was, is = c.withoutProgram(c.Before, was), c.withoutProgram(c.After, is)
	case was[0] != is[0]:
		c.addDifference("the program was " + was[0] + ", now it is " + is[0])
		was, is = was[1:], is[1:]
	}
	gone, added := subtractWords(was, is), subtractWords(is, was)
	if len(gone)+len(added) == 0 {
		c.compareOrder(was, is)
		return
	}
	stayed, stays := subtractWords(was, gone), subtractWords(is, added)
	gone, added = c.pairPlaceholders(gone, added)
	gone, added = c.pairJoinedFlags(gone, added)
	gone, added = c.pairValues(gone, added)
	for _, w := range gone {
		c.addDifference("the argument " + quoteKey(w) + " is gone")
	}
	for _, w := range added {
		c.addDifference("the argument " + quoteKey(w) + " is new")
	}
	c.compareOrder(stayed, stays)
}

// withoutProgram returns the words without the program, if the command names one.
func (c *Comparison) withoutProgram(s *rewrite.Start, words []string) []string {
	if s.Entrypoint {
		return words
	}
	return words[1:]
}

// findEmptyWords finds unquoted variables, which a shell drops when they are empty.
func (c *Comparison) findEmptyWords() {
	if c.Before.Shell == "" || c.After.Shell != "" {
		return
	}
	lookup := expansion.Environment{Variables: c.Before.Env}.At(expansion.Container)
	now := wordKeys(c.After.Invocation.Words)
	for _, w := range c.Before.Invocation.Words {
		if len(w.Parts) != 1 || w.Parts[0].Kind != invocation.Variable || w.Parts[0].Quoted || !slices.Contains(now, w.String()) {
			continue
		}
		if !lookup(w.Parts[0].Text).Safe {
			c.addDifference(quoteKey(w.String()) + " is one argument now, even when it is empty; the shell split it, or dropped it")
		}
	}
}

// severalSuffix is added to the key of a placeholder that stands for any number of
// words.
const severalSuffix = "\x00"

// wordKeys returns the text by which each word is compared.
func wordKeys(words []invocation.Word) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.String()
		if w.Several {
			all[i] += severalSuffix
		}
	}
	return all
}

// quoteKey returns a key, or a piece of script, in backquotes for a message.
func quoteKey(key string) string {
	key = strings.Join(strings.Fields(strings.TrimSuffix(key, severalSuffix)), " ")
	if key == "" {
		return "nothing"
	}
	if r := []rune(key); len(r) > 100 {
		key = string(r[:97]) + "..."
	}
	return "`" + key + "`"
}

// subtractWords returns the words of a that b lacks, in order, each as often as it
// is missing.
func subtractWords(a, b []string) []string {
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

// compareOrder compares the order of two lists of the same words.
func (c *Comparison) compareOrder(was, is []string) {
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			c.addDifference("the order changed: " + quoteKey(was[i]) + " stood before " + quoteKey(is[i]) + " and stands behind it now; of equal flags the last wins")
			return
		}
	}
}

// pairPlaceholders finds placeholders of several words that became one argument, and
// the reverse.
func (c *Comparison) pairPlaceholders(gone, added []string) ([]string, []string) {
	p := newWordPairing(added, func(is string) []string { return []string{is} })
	return p.pairWords(gone, func(was string) []string {
		return []string{strings.TrimSuffix(was, severalSuffix), was + severalSuffix}
	}, func(was, is string) {
		if was == is+severalSuffix {
			c.addDifference(fmt.Sprintf("%s stood for any number of words, now it is one argument, and an empty one when nothing is filled in", quoteKey(was)))
		} else {
			c.addDifference(fmt.Sprintf("%s was one argument, now it stands for any number of words", quoteKey(was)))
		}
	})
}

// pairJoinedFlags finds flags whose value was a word of its own and is now joined by =,
// --a b and --a=b, and the reverse. Flag packages accept both, so it is only a note.
func (c *Comparison) pairJoinedFlags(gone, added []string) ([]string, []string) {
	one := func(two, joined []string, say func(flag, value string)) (left, rest []string) {
		p := newWordPairing(joined, func(word string) []string { return []string{word} })
		for i := 0; i < len(two); i++ {
			if i+1 < len(two) && strings.HasPrefix(two[i], "-") {
				value := strings.TrimSuffix(two[i+1], severalSuffix)
				if _, found := p.takePartner(two[i] + "=" + value); found {
					say(two[i], value)
					i++
					continue
				}
			}
			left = append(left, two[i])
		}
		return left, p.wordsLeft()
	}
	gone, added = one(gone, added, func(flag, value string) {
		c.Notes = append(c.Notes, quoteKey(flag+" "+value)+" is written with = now")
	})
	added, gone = one(added, gone, func(flag, value string) {
		c.Notes = append(c.Notes, quoteKey(flag+"="+value)+" is written as two words now")
	})
	return gone, added
}

// pairValues finds flags with another value, and arguments that still have the quotes
// which the shell removed before.
func (c *Comparison) pairValues(gone, added []string) ([]string, []string) {
	p := newWordPairing(added, func(is string) []string {
		keys := []string{"text " + trimQuotes(is)}
		if flag, now, ok := strings.Cut(is, "="); ok {
			keys = append(keys, "text "+flag+"="+trimQuotes(now), flagKey(flag))
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
	return p.pairWords(gone, keys, func(was, is string) {
		flag, value, _ := strings.Cut(was, "=")
		_, now, _ := strings.Cut(is, "=")
		if trimQuotes(is) == was || trimQuotes(now) == value {
			c.addDifference("the quotes in " + quoteKey(is) + " were the shell's, now the program gets them")
		} else {
			c.addDifference(flag + " was " + quoteKey(value) + ", now it is " + quoteKey(now))
		}
	})
}

func flagKey(flag string) string { return "flag " + flag }

// trimQuotes returns s without the quotes around it.
func trimQuotes(s string) string {
	if n := len(s); n >= 2 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0] {
		return s[1 : n-1]
	}
	return s
}
