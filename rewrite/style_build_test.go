package rewrite_test

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// styleCase is a manifest with one shell command, and what must become of it.
type styleCase struct {
	seed     uint64
	labels   []string
	text     []byte
	lists    [][2]int // byte offsets of the values of command and args, in order
	kept     []string // comments and anchors of lists, which must stay
	script   styleScript
	wrapper  []string // the items before the shell
	shell    []string // the items before the script
	json     bool
	sink     string // auto, runner
	upstream bool
}

// newStyleCase draws the case of a seed.
func newStyleCase(seed uint64) *styleCase {
	g := &styler{Rand: rand.New(rand.NewPCG(seed, 0x5ce9))}
	c := &styleCase{seed: seed, script: g.script()}
	c.sink = g.pick("sink", "auto", "runner")
	c.upstream = g.pick("placeholder-style", "glued", "upstream") == "upstream"
	c.wrapper = strings.Fields(g.pick("wrapper", "", "", "", "", "", "", "", "", "", "/tini --", "/usr/bin/dumb-init"))
	c.shell = append(slices.Clip(c.wrapper), g.pick("shell", "/bin/sh", "sh", "/bin/bash"), g.pick("flag", "-c", "-ec"))
	var text string
	switch layout := g.pick("layout", "block", "block", "flow", "flow", "flow-container", "json"); layout {
	case "json":
		c.json = true
		text = g.jsonPod(c)
	default:
		text = g.yamlPod(c, layout)
	}
	c.finish(g, text)
	return c
}

// finish gives the text its line ends, head and tail, and takes the marks of
// the lists out of it.
func (c *styleCase) finish(g *styler, text string) {
	if g.chance("no-final-newline", 20) {
		text = strings.TrimRight(text, "\n")
	}
	switch g.pick("line-end", "lf", "lf", "crlf", "crlf", "cr") {
	case "crlf":
		text = strings.ReplaceAll(text, "\n", "\r\n")
	case "cr":
		if !c.json {
			text = strings.ReplaceAll(text, "\n", "\r")
		}
	}
	if g.chance("bom", 20) {
		text = "\ufeff" + text
	}
	for start := strings.Index(text, listStart); start >= 0; start = strings.Index(text, listStart) {
		text = text[:start] + text[start+1:]
		end := strings.Index(text, listEnd)
		text = text[:end] + text[end+1:]
		c.lists = append(c.lists, [2]int{start, end})
	}
	c.text, c.labels = []byte(text), g.labels
	for i := range g.comments {
		c.kept = append(c.kept, commentText(i+1))
	}
	for i := range g.anchors {
		c.kept = append(c.kept, anchorText(i+1))
	}
}

// items returns the items of the command.
func (c *styleCase) items(g *styler, block bool) []styleItem {
	var items []styleItem
	for _, s := range c.shell {
		items = append(items, styleItem{s, g.itemStyle()})
	}
	return append(items, g.scriptItem(c.script.tokens, block))
}

// yamlPod draws a stream of YAML documents, one of them with the command.
func (g *styler) yamlPod(c *styleCase, layout string) string {
	indent, head := 0, "apiVersion: v1\nkind: Pod\nmetadata:\n  name: main\n"+g.metadata("  ")+"spec:\n"
	if g.pick("kind", "Pod", "Deployment") == "Deployment" {
		indent, head = 4, "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: main\nspec:\n  template:\n    metadata:\n"+g.metadata("      ")+"    spec:\n"
	}
	dash := indent + []int{2, 4, 3}[g.IntN(3)]
	text := head + strings.Repeat(" ", indent+2) + "containers:\n" + g.container(c, layout, dash)
	if g.IntN(2) == 0 {
		text += strings.Repeat(" ", indent+2) + "hostNetwork: true\n"
	}
	switch g.pick("documents", "alone", "first", "last", "marked", "directive") {
	case "first":
		return text + "---\n" + otherDocument
	case "last":
		return otherDocument + "---\n" + text
	case "marked":
		return "# é\n---\n" + text + "...\n"
	case "directive":
		return "%YAML 1.1\n---\n" + text
	}
	return text
}

// otherDocument holds what looks like a command and is none.
const otherDocument = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"日本 ]\", labels: {a: '}'}}\n" +
	"data:\n  é: |\n    command: [sh, -c, \"exec /x >>/y 2>&1\"]\n  {{config_line}}\n  b: \"\\u00e9 {{config_value}} # no\"\n"

// metadata draws neighbours with placeholders, anchors and text of several bytes.
func (g *styler) metadata(indent string) string {
	lines := []string{"labels: &labels {app: é, 'k': \"{{label}}\"}", "annotations:\n" + indent + "  a: '日本 \"{{label}}\" 😀'\n" + indent + "  b: !!str 12"}
	return indent + strings.Join(lines[:1+g.IntN(2)], "\n"+indent) + "\n"
}

// container draws the list item with the command; dash is the column of its dash.
func (g *styler) container(c *styleCase, layout string, dash int) string {
	gap := []int{1, 1, 3}[g.IntN(3)]
	key := dash + 1 + gap
	form := g.pick("list", flowForms...)
	if layout == "block" {
		form = g.pick("list", blockForms...)
	}
	if layout == "flow-container" {
		return strings.Repeat(" ", dash) + "- " + g.flowContainer(c, key) + "\n"
	}
	command, args := g.split(c.items(g, layout == "block"), len(c.wrapper))
	fields := g.neighbours()
	commands := []string{g.beforeKey() + "command:" + g.list(command, form, key)}
	if args != nil {
		commands = append(commands, g.beforeKey()+"args:"+g.list(args, form, key))
		if g.chance("between", 20) {
			commands = slices.Insert(commands, 1, g.lonely())
		}
		if g.chance("args-first", 40) {
			slices.Reverse(commands)
		}
	}
	if g.chance("comment-after", 20) {
		commands = append(commands, g.comment())
	}
	at := g.IntN(len(fields) + 1)
	fields = slices.Insert(fields, at, commands...)
	if strings.HasPrefix(fields[0], "#") || strings.HasPrefix(fields[0], "{{") {
		fields = slices.Insert(fields, 0, "tty: false")
	}
	newline := "\n" + strings.Repeat(" ", key)
	text := strings.Join(fields, "\x03")
	return strings.Repeat(" ", dash) + "-" + strings.Repeat(" ", gap) + strings.ReplaceAll(text, "\x03", newline) + "\n"
}

// beforeKey draws what stands on the line before a key.
func (g *styler) beforeKey() string {
	if g.chance("comment-before", 10) {
		return g.comment() + "\x03"
	}
	return ""
}

// lonely draws a line of nothing but a placeholder, or a comment.
func (g *styler) lonely() string {
	if g.IntN(2) == 0 {
		return g.comment()
	}
	return "{{env_line}}"
}

// neighbours draws the other fields of the container.
func (g *styler) neighbours() []string {
	fields := []string{"name: main"}
	fields = append(fields, "image: "+[]string{
		"registry.k8s.io/kube-scheduler:v1.24.1", "{{pillar['registry']}}/kube-scheduler:v1.24.1", `"{{pillar['registry']}}/kube-scheduler:v1.24.1"`, "&image registry.k8s.io/kube-scheduler:v1.24.1",
	}[g.IntN(4)])
	if g.IntN(3) == 0 {
		fields = append(fields, "ports: [{containerPort: {{secure_port}}}]")
	}
	if g.IntN(3) == 0 {
		fields = append(fields, "env:\x03- name: É\x03  value: &e \"日本 # '\"\x03- {name: B, value: !!str 'x ]'}")
	}
	if g.IntN(4) == 0 {
		fields = append(fields, "stdin: {{flag}}")
	}
	g.Shuffle(len(fields), func(i, j int) { fields[i], fields[j] = fields[j], fields[i] })
	for range g.IntN(3) {
		if !slices.Contains(fields, "{{lone_line}}") && g.chance("lone", 30) {
			fields = slices.Insert(fields, g.IntN(len(fields)+1), "{{lone_line}}")
		}
	}
	return fields
}

// flowContainer draws a container in braces on one line or over several.
func (g *styler) flowContainer(c *styleCase, key int) string {
	command, args := g.split(c.items(g, false), len(c.wrapper))
	form := g.pick("list", "line", "line-blanks", "line-narrow", "lines", "lines-hanging", "trailing")
	sep := []string{", ", ",\n" + strings.Repeat(" ", key+2)}[g.IntN(2)]
	fields := []string{`name: main`, `image: "registry.k8s.io/kube-scheduler:v1.24.1"`, `"é": '😀 日本'`, `env: [{name: A, value: "{{label}} ]"}]`}
	commands := []string{"command:" + g.list(command, form, key+2)}
	if args != nil {
		commands = append(commands, "args:"+g.list(args, form, key+2))
	}
	fields = slices.Insert(fields, g.IntN(len(fields)+1), commands...)
	return "{" + strings.Join(fields, sep) + "}"
}
