package invocation

import (
	"regexp"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/rule"
)

// quoting is how a part of a word is quoted in the script.
type quoting int

const (
	unquoted quoting = iota
	singleQuoted
	doubleQuoted
)

// wordOf turns a shell word into its parts, quotes and escapes undone.
func (a *analysis) wordOf(w *syntax.Word) (Word, *Obstacle) {
	var out Word
	for i, p := range w.Parts {
		if dollarBeforeQuote(w.Parts, i) {
			return out, obstacle(rule.Expansion, "$ before a quote is not read alike by every shell: use plain quotes")
		}
		if dollarBracket(w.Parts, i) {
			return out, dollarBracketObstacle()
		}
		parts, bad := a.partsOf(p)
		if bad != nil {
			return out, bad
		}
		out.Parts = append(out.Parts, parts...)
	}
	return out, nil
}

// dollarBeforeQuote reports $'…' or $"…" as a POSIX parser sees it: text that
// ends in a dollar, then a quoted part.
func dollarBeforeQuote(parts []syntax.WordPart, i int) bool {
	lit, ok := parts[i].(*syntax.Lit)
	if !ok || i+1 == len(parts) || !strings.HasSuffix(hideEscaped(lit.Value), "$") {
		return false
	}
	return anyQuoted(&syntax.Word{Parts: parts[i+1 : i+2]})
}

// dollarBracket reports $[…], bash's old arithmetic, which the parser takes for
// text, parted behind the dollar or not.
func dollarBracket(parts []syntax.WordPart, i int) bool {
	lit, ok := parts[i].(*syntax.Lit)
	if !ok {
		return false
	}
	text := hideEscaped(lit.Value)
	if i+1 < len(parts) {
		if next, ok := parts[i+1].(*syntax.Lit); ok {
			text += hideEscaped(next.Value)
		}
	}
	return strings.Contains(text, "$[")
}

func dollarBracketObstacle() *Obstacle {
	return obstacle(rule.Expansion, "$[ begins arithmetic in some shells: quote the dollar, or write the result")
}

func (a *analysis) partsOf(p syntax.WordPart) ([]Part, *Obstacle) {
	switch p := p.(type) {
	case *syntax.Lit:
		return a.literalParts(unescape(p.Value), unquoted)
	case *syntax.SglQuoted:
		if p.Dollar {
			return a.dollarQuoted(p)
		}
		return a.literalParts(p.Value, singleQuoted)
	case *syntax.DblQuoted:
		return a.doubleQuoted(p)
	case *syntax.ParamExp:
		return a.parameterParts(p, unquoted)
	case *syntax.CmdSubst:
		return nil, a.substitution(p)
	case *syntax.ArithmExp:
		return nil, obstacle(rule.Expansion, "`", a.source(p), "` is arithmetic: write the result")
	case *syntax.ProcSubst:
		return nil, obstacle(rule.Expansion, "`", a.source(p), "` is a process substitution: give the program a file")
	case *syntax.ExtGlob:
		return nil, obstacle(rule.Pattern, "`", a.source(p), "` is a pattern: write the names out")
	}
	return nil, obstacle(rule.Expansion, "`", a.source(p), "` is expanded by the shell: write the result")
}

// unescape undoes the backslashes of unquoted text (POSIX 2.2.1).
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if i++; s[i] == '\n' {
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// unescapeDouble undoes the backslashes of double-quoted text (POSIX 2.2.3).
func unescapeDouble(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("$`\"\\\n", s[i+1]) >= 0 {
			if i++; s[i] == '\n' {
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func (a *analysis) doubleQuoted(q *syntax.DblQuoted) ([]Part, *Obstacle) {
	if q.Dollar {
		return nil, obstacle(rule.Expansion, `$"…" is translated by bash: use plain quotes`)
	}
	out := []Part{{Kind: Literal, Quoted: true}} // an empty "" is still a word
	for i, p := range q.Parts {
		if dollarBracket(q.Parts, i) {
			return nil, dollarBracketObstacle()
		}
		var parts []Part
		var bad *Obstacle
		switch p := p.(type) {
		case *syntax.Lit:
			parts, bad = a.literalParts(unescapeDouble(p.Value), doubleQuoted)
		case *syntax.ParamExp:
			parts, bad = a.parameterParts(p, doubleQuoted)
		default:
			parts, bad = a.partsOf(p)
		}
		if bad != nil {
			return nil, bad
		}
		out = append(out, parts...)
	}
	return out, nil
}

// plainEscapes matches a $'…' string without the escapes that shells, and even
// the versions of one, read in different ways.
var plainEscapes = regexp.MustCompile(`^([^\\]|\\[nt\\'"])*$`)

// dollarQuoted reads $'…', which only bash is sure to know.
func (a *analysis) dollarQuoted(q *syntax.SglQuoted) ([]Part, *Obstacle) {
	text, err := expand.Literal(&expand.Config{}, &syntax.Word{Parts: []syntax.WordPart{q}})
	if a.Shell.Name != "bash" || err != nil {
		return nil, obstacle(rule.Expansion, "$'…' is not read by every shell: use plain quotes")
	}
	if _, pasted := a.nextOpaque(q.Value); pasted != "" {
		return nil, obstacle(rule.Expansion, "`$'…'` undoes backslashes of what is pasted into it: use plain quotes")
	}
	if !plainEscapes.MatchString(q.Value) {
		return nil, obstacle(rule.Expansion, "`$'"+q.Value+"'` has an escape that not every shell reads the same way: use plain quotes")
	}
	return a.literalParts(text, singleQuoted)
}

// literalParts parts text at the opaque words of placeholders and references, and
// checks the values that the kubelet pastes in there.
func (a *analysis) literalParts(text string, q quoting) ([]Part, *Obstacle) {
	parts := a.splitOpaque(text, q != unquoted)
	for _, p := range parts {
		if p.Kind != Variable {
			continue
		}
		if b := a.binding(p.Text); b.Known && !b.Safe {
			if bad := pasted(p.Text, b.Value, q); bad != nil {
				return nil, bad
			}
		}
	}
	return parts, nil
}

// splitOpaque parts text at the opaque words. Quoted text is a part even when empty.
func (a *analysis) splitOpaque(text string, quoted bool) []Part {
	var parts []Part
	for text != "" {
		at, word := a.nextOpaque(text)
		if at > 0 {
			parts = append(parts, Part{Kind: Literal, Text: text[:at], Quoted: quoted})
		}
		text = text[at+len(word):]
		switch m, marked := a.marks[word]; {
		case marked:
			parts = append(parts, Part{Kind: Placeholder, Text: m.Text, Mark: word, Quoted: quoted})
		case word != "":
			parts = append(parts, Part{Kind: Variable, Text: a.refs[word], Quoted: quoted})
		}
	}
	if parts == nil && quoted {
		parts = []Part{{Kind: Literal, Quoted: true}}
	}
	return parts
}

// nextOpaque returns where the first opaque word of text stands, "" without one.
func (a *analysis) nextOpaque(text string) (int, string) {
	best, found := len(text), ""
	consider := func(word string) {
		if i := strings.Index(text, word); i >= 0 && i < best {
			best, found = i, word
		}
	}
	for word := range a.refs {
		consider(word)
	}
	for word := range a.marks {
		consider(word)
	}
	return best, found
}

func (a *analysis) binding(name string) expansion.Binding { return a.lookup(name) }

// pasted checks a value that the kubelet pastes into the script before the
// shell parses it: what is special where it stands acts.
func pasted(name, value string, q quoting) *Obstacle {
	special := map[quoting]string{
		unquoted:     " \t\r\n\"'\\$`*?[]{}~#&;|<>()!^",
		singleQuoted: "'",
		doubleQuoted: "\"\\$`",
	}[q]
	if i := strings.IndexAny(value, special); i >= 0 {
		return obstacle(rule.Expansion, "the value of ", name, " holds `", value[i:i+1], "`, which the shell reads as syntax: quote it in the script, or write the words out")
	}
	return nil
}

// parameterParts analyses $NAME and ${NAME}; every other form is the shell's alone.
func (a *analysis) parameterParts(p *syntax.ParamExp, q quoting) ([]Part, *Obstacle) {
	text := a.source(p)
	if p.Param == nil || !isName(p.Param.Value) || !simpleParameter(p) {
		return nil, obstacle(rule.Expansion, "`", text, "` is expanded by the shell: write the result, or declare it in the container's env")
	}
	name := p.Param.Value
	b := a.inShell(name)
	switch {
	case a.Shell.OwnEnvironment:
		return nil, obstacle(rule.Environment, "`", text, "` is looked up in the environment that env makes for the shell: declare the variables in the container's env, without env")
	case ownedByShell(name):
		return nil, obstacle(rule.Expansion, "`", text, "` is set by the shell itself: write the value, or use a variable of another name")
	case a.Place == expansion.Hook:
		return nil, obstacle(rule.Expansion, "`", text, "` is expanded by the shell, and the kubelet expands nothing in a hook: write the value")
	case b.State == expansion.Unknown:
		return nil, obstacle(rule.Expansion, "`", text, "` may come from envFrom, an optional reference or a service, so it can't be told whether it is set: declare it in env")
	case b.State == expansion.Undeclared:
		return nil, obstacle(rule.Expansion, "`", text, "` is not in the container's env (the image or the template may set it): declare it there")
	}
	if probe := a.binding(name); a.Place == expansion.Probe && !(probe.Known && b.Known && probe.Value == b.Value) {
		return nil, obstacle(rule.Expansion, "`", text, "` has a value that the kubelet doesn't expand in a probe: write the value")
	}
	if q == unquoted && b.Known && strings.ContainsAny(b.Value, " \t\n*?[\\") {
		return nil, obstacle(rule.Expansion, "the value of ", name, " is split or matched by the shell: quote it in the script, or write the words out")
	}
	return []Part{{Kind: Variable, Text: name, Quoted: q != unquoted}}, nil
}

func simpleParameter(p *syntax.ParamExp) bool {
	return p.Flags == nil && !p.Excl && !p.Length && !p.Width && p.NestedParam == nil && p.Index == nil &&
		len(p.Modifiers) == 0 && p.Slice == nil && p.Repl == nil && p.Names == 0 && p.Exp == nil
}

// substitution explains $(…): a command, or a reference that isn't declared.
func (a *analysis) substitution(c *syntax.CmdSubst) *Obstacle {
	text := a.source(c)
	name := strings.TrimSuffix(strings.TrimPrefix(text, "$("), ")")
	if c.Backquotes || !isName(name) {
		return obstacle(rule.Expansion, "the command substitution ", quoteShort(strings.Trim(text, "`")), " runs a command: write its result, or let an init container provide it")
	}
	if a.Place == expansion.Hook {
		return obstacle(rule.Expansion, text, " is not expanded by the kubelet in a hook, so the shell runs a command ", name, ": write the value")
	}
	if a.binding(name).State == expansion.Unknown {
		return obstacle(rule.Expansion, text, " may come from envFrom, an optional reference or a service, so it can't be told whether it is set: declare it in env")
	}
	return obstacle(rule.Expansion, text, " is not in the container's env, so the shell runs a command ", name, ": declare it there, or write its result")
}
