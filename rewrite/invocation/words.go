package invocation

import (
	"path"

	"mvdan.cc/sh/v3/syntax"

	"shellfree/rewrite/rule"
)

// programWords analyses the program and its arguments.
func (a *analysis) programWords(args []*syntax.Word) *Obstacle {
	for _, arg := range args {
		w, bad := a.argument(arg)
		if bad != nil {
			return bad
		}
		if w.Several && len(a.inv.Words) == 0 {
			return obstacle(rule.Placeholder, w.String(), " stands where the program should: name the program in the manifest")
		}
		a.inv.Words = append(a.inv.Words, w)
	}
	return a.checkProgram()
}

// checkProgram looks at what is started: another shell, a script, a wrapper.
func (a *analysis) checkProgram() *Obstacle {
	texts := make([]string, len(a.inv.Words))
	for i, w := range a.inv.Words {
		texts[i] = w.String()
	}
	if texts[0] == "" {
		return obstacle(rule.BadScript, "the program's name is empty: name the program to start")
	}
	shell, found := FindShell(texts)
	switch {
	case found && shell.Name != "":
		if shell.Obstacle != nil && shell.Obstacle.Rule != rule.Positional {
			return shell.Obstacle
		}
		return obstacle(rule.Compound, "the script starts another shell, ", texts[shell.Index], ": write one script, or the words of one program")
	case found && a.inv.Redirection() == None:
		return shell.Obstacle
	case found:
		a.remark(ScriptProgram, "", texts[shell.Index]+" is a script: check that it has a #! line, and keep a shell in the image")
	}
	name := path.Base(texts[0])
	if w, known := WrapperNamed(name); known {
		if w.Elsewhere {
			return obstacle(rule.Elsewhere, name, " starts its program elsewhere, as another user or many times: keep it in an image that has it")
		}
		a.remark(ProgramWrapper, "", name+" starts the program: check that the image has it without the shell")
	}
	return nil
}

// argument analyses one word of the command.
func (a *analysis) argument(arg *syntax.Word) (Word, *Obstacle) {
	w, bad := a.wordOf(arg)
	if bad != nil {
		return w, bad
	}
	if bad := a.checkPatterns(arg); bad != nil {
		return w, bad
	}
	if bad := a.checkQuotes(w); bad != nil {
		return w, bad
	}
	if len(w.Parts) > 0 && !hasText(w) && !anyQuoted(arg) {
		return a.loneWord(w)
	}
	return w, a.checkParts(w)
}

// checkQuotes refuses a placeholder that is filled with a quoted text: the shell took
// the quotes off, an item of the list keeps them, or ends at them.
func (a *analysis) checkQuotes(w Word) *Obstacle {
	for _, p := range w.Parts {
		if p.Kind == Placeholder && a.marks[p.Mark].Quotes {
			return obstacle(rule.Placeholder, p.Text, " brings quotes of its own, which a shell and an array read in different ways: write it without its quoting filter, or convert by hand")
		}
	}
	return nil
}

// hasText reports whether some part of the word is a literal.
func hasText(w Word) bool {
	for _, p := range w.Parts {
		if p.Kind == Literal && p.Text != "" {
			return true
		}
	}
	return false
}

func anyQuoted(w *syntax.Word) bool {
	for _, p := range w.Parts {
		switch p.(type) {
		case *syntax.SglQuoted, *syntax.DblQuoted:
			return true
		}
	}
	return false
}

// loneWord decides about an unquoted word of nothing but placeholders and
// variables: the shell passes it on as one argument, as several or as none.
func (a *analysis) loneWord(w Word) (Word, *Obstacle) {
	if allSafe(a, w) {
		return w, a.checkParts(w)
	}
	p := w.Parts[0]
	policy := a.policy(p)
	switch {
	case len(w.Parts) > 1 && policy == Words:
		return w, obstacle(rule.Placeholder, w.String(), " are joined without a blank and may be several words: part them, or use --placeholder '", p.Text, "=word'")
	case policy == OneWord:
		a.remark(EmptyWord, "", w.String()+" must stand for exactly one word: the shell dropped it when it was empty, the exec form passes an empty argument")
		return w, nil
	case p.Kind == Variable:
		return w, obstacle(rule.Expansion, "$(", p.Text, ") is a whole word that the shell splits, or drops when it is empty: write its value, or use --placeholder '",
			p.Text, "=word' if it is always one word")
	case policy == Words:
		a.remark(ListItems, w.String(), a.producerSentence(w))
		return Word{Parts: w.Parts, Several: true}, nil
	}
	if a.marks[p.Mark].Late {
		return w, obstacle(rule.Placeholder, w.String(), " is filled after the file was read, and may hold several words or none: use --placeholder '",
			p.Text, "=word' if it is always one word, or keep the shell")
	}
	return w, obstacle(rule.Placeholder, w.String(), " may hold several words or none, and it is not known how it is filled: use --placeholder '",
		p.Text, "=words' or '", p.Text, "=word'")
}

// producerSentence says what the producer of a placeholder must print from now on.
func (a *analysis) producerSentence(w Word) string {
	if a.Upstream {
		return "the script that fills " + w.String() + ` must print "--a", "--b" from now on, each word quoted with a comma between, and never nothing: the list breaks when it is empty`
	}
	return "the script that fills " + w.String() + ` must print , "--a", "--b" from now on, each word quoted with a comma before it, or nothing`
}

func allSafe(a *analysis, w Word) bool {
	for _, p := range w.Parts {
		if p.Kind != Variable || !a.binding(p.Text).Safe {
			return false
		}
	}
	return true
}

func (a *analysis) policy(p Part) Policy {
	if p.Kind == Variable {
		if a.Variable != nil && a.Variable(p.Text) == OneWord {
			return OneWord
		}
		return Refuse
	}
	return a.marks[p.Mark].Policy
}

// checkParts checks each placeholder and variable that is part of a word.
func (a *analysis) checkParts(w Word) *Obstacle {
	for _, p := range w.Parts {
		switch {
		case p.Kind == Placeholder && !p.Quoted:
			a.remark(Filling, p.Text, p.Text+" must be filled without blanks or quotes: the shell split and unquoted it, the exec form does not")
		case p.Kind == Placeholder:
			a.remark(Filling, p.Text, p.Text+" must be filled without quotes, dollars or backslashes: the shell may have read them as syntax, the exec form does not")
		case p.Kind == Variable && !a.binding(p.Text).Safe:
			a.remark(VariableValue, "", a.valueSentence(p))
		}
	}
	return nil
}

// valueSentence is the review sentence of a variable whose value may not be plain.
func (a *analysis) valueSentence(p Part) string {
	b := a.binding(p.Text)
	switch {
	case b.Known:
		return "$(" + p.Text + ") is " + quoteShort(b.Value) + " here: the program gets it as before, check it again when the value changes"
	case p.Quoted:
		return "$(" + p.Text + ") must hold no quotes, dollars or backslashes: the shell may have read them as syntax, the exec form does not"
	}
	return "$(" + p.Text + ") must hold no blanks or quotes: the shell split or unquoted them, the exec form does not"
}

// redirectedFile analyses the file of a redirection: one word, also where its value has blanks.
func (a *analysis) redirectedFile(arg *syntax.Word) (Word, *Obstacle) {
	w, bad := a.wordOf(arg)
	if bad != nil {
		return w, bad
	}
	if bad := a.checkPatterns(arg); bad != nil {
		return w, bad
	}
	if bad := a.checkQuotes(w); bad != nil {
		return w, bad
	}
	return w, a.checkParts(w)
}
