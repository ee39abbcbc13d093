package rewrite_test

import "strings"

// write writes a node; inline is set for a mapping or list that begins on the
// line of its item.
func (d *drawer) write(n any, indent int, inline bool) {
	switch n := n.(type) {
	case mapping:
		for i := 0; i < len(n); i += 2 {
			if n[i+1] == nil {
				continue
			}
			d.indent(indent, inline && i == 0)
			d.text.WriteString(d.key(n[i].(string)) + ":")
			d.value(n[i+1], indent, indent)
		}
		if len(n) == 0 {
			d.indent(indent, inline)
			d.text.WriteString("{}\n")
		}
	case list:
		for i, item := range n {
			d.indent(indent, inline && i == 0)
			d.text.WriteString("-")
			if _, scalar := item.(string); !scalar && !d.seldom(6) && !d.seldom(12) {
				gap := 1 + d.IntN(2)*d.IntN(3)
				d.text.WriteString(strings.Repeat(" ", gap))
				d.write(item, indent+1+gap, true)
			} else {
				d.value(item, indent, indent+1)
			}
		}
	case string:
		d.indent(indent, inline)
		d.value(n, indent, indent)
	}
}

func (d *drawer) indent(n int, inline bool) {
	if !inline {
		d.text.WriteString(strings.Repeat(" ", n))
	}
}

func (d *drawer) key(k string) string {
	switch d.IntN(60) {
	case 0:
		return `"` + k + `"`
	case 1:
		return "'" + k + "'"
	case 2:
		return k + " "
	}
	return k
}

// value writes what stands behind a colon or dash.
func (d *drawer) value(n any, indent, least int) {
	s, scalar := n.(string)
	switch {
	case scalar:
		d.text.WriteString(" ")
		d.scalar(s, indent)
		return
	case d.seldom(12):
		d.text.WriteString(" ")
		d.flow(n)
		d.end()
		return
	}
	d.end()
	if _, isList := n.(list); !isList || d.seldom(2) {
		least += 1 + d.IntN(3)
	}
	d.write(n, least, false)
}

// flow writes a node in brackets.
func (d *drawer) flow(n any) {
	sep := d.one(" ", " ", "", "\n            ")
	switch n := n.(type) {
	case mapping:
		d.text.WriteString("{")
		for i := 0; i < len(n); i += 2 {
			if n[i+1] == nil {
				continue
			}
			d.text.WriteString(n[i].(string) + ": ")
			d.flow(n[i+1])
			d.text.WriteString("," + sep)
		}
		d.text.WriteString("}")
	case list:
		d.text.WriteString("[")
		for _, item := range n {
			d.flow(item)
			d.text.WriteString("," + sep)
		}
		d.text.WriteString("]")
	case string:
		d.text.WriteString(d.quoted(n))
	}
}

func (d *drawer) quoted(s string) string {
	if d.seldom(2) && !strings.Contains(s, "\n") {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

// scalar writes a string in one of the styles that can hold it, more or less.
func (d *drawer) scalar(s string, indent int) {
	in := strings.Repeat(" ", indent+1+d.IntN(4))
	switch n := d.IntN(12); {
	case n == 0 || strings.Contains(s, "\n") && n < 10:
		d.text.WriteString(d.one("|", "|", ">", "|-", ">-", "|+", "|2", "| # x"))
		for range d.IntN(8) / 6 {
			d.text.WriteString("\n")
		}
		for line := range strings.Lines("\n" + strings.TrimSuffix(s, "\n")) {
			if line != "\n" {
				d.text.WriteString(in)
			}
			d.text.WriteString(line)
		}
		d.end()
	case n == 1 || s == "" && n > 6:
		d.text.WriteString(d.quoted(s))
		d.end()
	case n == 2:
		d.text.WriteString(strings.ReplaceAll(d.quoted(s), " ", "\n"+in))
		d.end()
	case n == 3:
		d.text.WriteString(strings.ReplaceAll(s, " ", "\n"+in))
		d.end()
	case n == 4:
		d.text.WriteString("\n" + in + s + "\n")
	case strings.ContainsAny(s, "\n#") || strings.Contains(s, ": "):
		d.text.WriteString(d.quoted(s))
		d.end()
	default:
		d.text.WriteString(s)
		d.end()
	}
}

// end ends a line, with what may stand there.
func (d *drawer) end() {
	if d.IntN(12) > 0 {
		d.text.WriteString("\n")
		return
	}
	d.text.WriteString(d.one("\n\n", " # c\n", "\n# sh -c\n", "\n      # y\n", "\n   \n", "  \n", "\n{{line}}\n", "\n          {{x}}\n", "\n{{if x}}\n", "\n{{end}}\n", "\n---\n", " \t\n", "\n\t\n"))
}
