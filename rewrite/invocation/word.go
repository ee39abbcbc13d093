// Package invocation reduces a shell script to the one program it starts: its
// words, its streams, and what the shell did besides. A script that does more
// than start one program is an [Obstacle].
package invocation

import "strings"

// PartKind says what a [Part] of a word stands for.
type PartKind int

const (
	Literal     PartKind = iota // text that reaches the program as it is
	Variable                    // a variable of the container's environment, written $(NAME)
	Placeholder                 // a template placeholder, written as it stands in the file
	Unread                      // what only a shell or the kubelet knows, as it stands; in an [Outline] only
)

// Part is a piece of a [Word].
type Part struct {
	Kind PartKind
	// Text is the literal text without shell quoting, the variable's name, or
	// the placeholder's text as it stands in the file ({{params}}).
	Text string
	// Mark is the word that stands for a placeholder in the masked text.
	Mark string
	// Quoted reports whether the part stood in quotes in the script.
	Quoted bool
}

// Word is one argument of a program, in parts that are joined without blanks.
// A word without parts is the empty argument.
type Word struct {
	Parts []Part
	// Several is set for a placeholder that stands for any number of arguments,
	// none included. It is written glued to the item before it.
	Several bool
}

// Text returns the word of one literal.
func Text(s string) Word { return Word{Parts: []Part{{Kind: Literal, Text: s}}} }

// Texts returns a word for each literal.
func Texts(literals ...string) []Word {
	words := make([]Word, len(literals))
	for i, s := range literals {
		words[i] = Text(s)
	}
	return words
}

// String writes the word as a person reads it: literals as they are,
// placeVariables as $(NAME), placeholders as in the file.
func (w Word) String() string {
	if len(w.Parts) == 1 && w.Parts[0].Kind != Variable {
		return w.Parts[0].Text
	}
	var b strings.Builder
	for _, p := range w.Parts {
		if p.Kind == Variable {
			b.WriteString("$(" + p.Text + ")")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// IsLiteral reports whether the word holds neither variable nor placeholder.
func (w Word) IsLiteral() bool {
	for _, p := range w.Parts {
		if p.Kind != Literal {
			return false
		}
	}
	return !w.Several
}

// With returns the literal prefix followed by the word's parts: --log-file=PATH.
func (w Word) With(prefix string) Word {
	return Word{Parts: append([]Part{{Kind: Literal, Text: prefix}}, w.Parts...), Several: w.Several}
}
