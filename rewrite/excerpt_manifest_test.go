package rewrite_test

import (
	"math/rand/v2"
	"strings"
)

// mapping is a mapping that is still to be written: keys and values by turns.
// A value is a string, a list or a mapping.
type mapping []any

type list []any

// drawer draws manifests and writes them by hand, as people do: each collection
// and each scalar in a style of its own.
type drawer struct {
	*rand.Rand
	text strings.Builder
	deep int // strings around what is drawn
}

// one returns one of some texts.
func (d *drawer) one(texts ...string) string { return texts[d.IntN(len(texts))] }

// seldom is true once in n times.
func (d *drawer) seldom(n int) bool { return d.IntN(n) == 0 }

// some leaves out one of n of the pairs, and returns the others in any order.
func (d *drawer) some(n int, pairs ...any) mapping {
	var m mapping
	for _, i := range d.Perm(len(pairs) / 2) {
		if d.IntN(n) > 0 {
			m = append(m, pairs[2*i], pairs[2*i+1])
		}
	}
	return m
}

func (d *drawer) script() string {
	return d.one("exec /x --a=1 >>/log 2>&1", "exec /x $(A) $B", "A=1 exec /x", "cd /srv && exec /x", "/x; /y", "exec kube-scheduler 1>>/l 2>&1",
		"curl -f http://localhost:80/", "exec /x {{args}} >>/l 2>&1", "# x\nexec /x\n", "exec /x 'a: b' \"#\"", "")
}

// command draws the lists of a container or an exec action.
func (d *drawer) command() (command, args any) {
	switch d.IntN(8) {
	case 0:
		return list{"/x", "--log-file=/l"}, list{"-v"}
	case 1:
		return list{"curl", "-f", "http://localhost/"}, nil
	case 2:
		return nil, list{d.one("-c", "-v"), d.script()}
	case 3:
		return list{"/bin/sh"}, list{"-c", d.script()}
	case 4:
		return list{"/x"}, nil
	}
	return list{d.one("sh", "/bin/sh", "bash"), d.one("-c", "-ec"), d.script()}, nil
}

func (d *drawer) probe() any {
	command, _ := d.command()
	return d.some(4, "exec", mapping{"command", command}, "periodSeconds", "3", "httpGet", mapping{"path", "/"})
}

func (d *drawer) container() any {
	command, args := d.command()
	return d.some(3, "name", d.one("a", "b"), "image", d.one("i:1", "{{image}}", "i"), "command", command, "args", args,
		"env", list{mapping{"name", d.one("A", "B", "C"), "value", d.one("x y", "", "sh", "$(A)")},
			mapping{"name", "IP", "valueFrom", mapping{"fieldRef", mapping{"fieldPath", "status.podIP"}}}},
		"envFrom", d.one("", "[{configMapRef: {name: x}}]"), "livenessProbe", d.probe(), "ports", list{mapping{"containerPort", "80", "name", "sh"}, mapping{"hostPort", "1"}},
		"lifecycle", mapping{"preStop", d.probe()}, "volumeMounts", list{mapping{"name", "v", "mountPath", d.one("/v", "/a.sh")}}, "workingDir", d.one("/", "/srv"),
		"resources", mapping{"limits", mapping{"cpu", "1"}, "requests", mapping{"memory", "1Mi"}})
}

func (d *drawer) containers() any {
	var l list
	for range 1 + d.IntN(3) {
		l = append(l, d.container())
	}
	return l
}

func (d *drawer) metadata() any {
	return d.some(4, "name", d.one("n", "m"), "generateName", "g-", "labels", mapping{"a", "b", "c", "sh"}, "annotations", mapping{"d", "sh -c x", "e", "a\nb\n"})
}

func (d *drawer) spec() any {
	return d.some(4, "containers", d.containers(), "initContainers", d.containers(), "hostNetwork", d.one("true", "false"),
		"terminationGracePeriodSeconds", "5", "volumes", list{mapping{"name", "v", "emptyDir", "{}"}, mapping{"name", "sh"}}, "tolerations", list{"x", "y"})
}

// object draws an object of any kind.
func (d *drawer) object() any {
	spec := d.spec()
	if d.seldom(3) {
		spec = d.some(6, "replicas", "1", "template", d.some(5, "metadata", d.metadata(), "spec", spec), "args", list{"x"}, "selector", mapping{"matchLabels", mapping{"a", "b"}})
	}
	o := d.some(6, "apiVersion", "v1", "kind", d.one("Pod", "X"), "metadata", d.metadata(), "spec", spec)
	switch d.IntN(10) {
	case 0:
		return append(o, d.one("command", "args"), list{"x", "sh"})
	case 1:
		return append(o, "items", list{d.nested(), d.nested()})
	case 2:
		return append(o, "data", mapping{"a", "x\n", "b", d.embedded(), "c", "y"})
	case 3:
		return append(o, "patches", list{mapping{"path", "x"}, mapping{"patch", d.embedded()}, d.patch()})
	case 4:
		return d.patch()
	case 5:
		return list{d.nested(), d.patch(), "x"}
	}
	return o
}

func (d *drawer) nested() any {
	if d.deep++; d.deep > 2 {
		return "x"
	}
	defer func() { d.deep-- }()
	return d.object()
}

func (d *drawer) patch() any {
	command, _ := d.command()
	switch d.IntN(3) {
	case 0:
		return mapping{"op", "add", "path", "/spec/containers/0/command", "value", command}
	case 1:
		return mapping{"op", "replace", "path", "/spec/containers/0", "value", d.container()}
	}
	return mapping{"value", d.containers(), "path", "/spec/containers", "op", "add", "other", mapping{"x", "y"}}
}

// embedded draws a manifest in a string.
func (d *drawer) embedded() any {
	if d.deep++; d.deep > 2 {
		return "x"
	}
	defer func() { d.deep-- }()
	inner := &drawer{Rand: d.Rand, deep: d.deep}
	inner.write(d.object(), 0, false)
	return inner.text.String()
}

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

// manifest draws a whole text.
func (d *drawer) manifest() []byte {
	text := d.one("", "", "", "\ufeff", "---\n", "# x\n---\n", "%YAML 1.1\n---\n", "--- # x\n")
	for i := range 1 + d.IntN(3)/2 {
		if i > 0 {
			text += d.one("---\n", "...\n", "--- \n", "# a\n---\n# b\n")
		}
		d.text.Reset()
		d.write(d.object(), d.IntN(20)/19, false)
		text += d.text.String()
	}
	switch d.IntN(12) {
	case 0:
		text = strings.ReplaceAll(text, "\n", "\r\n")
	case 1:
		text = strings.TrimRight(text, "\n")
	case 2: // a byte where none belongs
		if text != "" {
			at := d.IntN(len(text))
			text = text[:at] + d.one("\n", ":", " ", "-", "\"", "'", "{", "]", "\r", "&a ", "*a", "x", "  ", "\n- ", "#", "\n  ", "|") + text[at+d.IntN(2):]
		}
	}
	return []byte(text)
}
