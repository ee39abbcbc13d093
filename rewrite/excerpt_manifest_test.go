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
	var image any = d.one("i:1", "{{image}}", "i")
	if d.seldom(9) {
		image = mapping{"repository", "r", "tag", "1"}
	}
	return d.some(3, "name", d.one("a", "b"), "image", image, "command", command, "args", args,
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
	switch d.IntN(14) {
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
	case 6:
		return append(o, d.one("steps", "sidecars"), d.containers(), d.one("script", "value"), d.container())
	case 7:
		return d.containers()
	case 8:
		return d.container()
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
