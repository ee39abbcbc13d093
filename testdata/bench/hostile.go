package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// hostileInput is a kind of input with which an attacker could make the tool slow. text
// returns about the given number of bytes of it.
type hostileInput struct {
	name string
	text func(size int) []byte
}

var hostiles = []hostileInput{
	{"documents of one key", repeatText("---\na: b\n")},
	{"one line", repeatBetween("kind: Pod\ncommand: [sh, -c, \"", "exec x ", "\"]\n")},
	{"one script of 128 KiB, again and again", scripts(128 << 10)},
	{"one script of 1 MB, again and again", scripts(1 << 20)},
	{shellPods, pods},
	{"JSON pods with a shell command", jsonPods},
	{"keys and values of one letter", repeatBetween("kind: Pod\ncommand: sh\na:\n", "- {a: b}\n- a: b\n", "")},
	{"nesting, flow lists", nestedBrackets("[", "]")},
	{"nesting, flow mappings", nestedBrackets("{a: ", "}")},
	{"nesting, block lists", nestedBrackets("- ", "")},
	{"JSON with {{x}} everywhere", repeatBetween("{\"command\": [\"sh\", \"-c\", \"x\"], \"a\": [", `{{x}}, "{{x}}", {"{{x}}": {{x}}}, `, "0]}\n")},
	{"{{x}} in place of values", repeatBetween("kind: Pod\ncommand: [sh, -c, x]\na:\n", "- {{x}}\n- a: {{x}}\n", "")},
	{"if/else again and again", repeatBetween("kind: Pod\n", "{{ if a }}\ncommand: [sh, -c, x]\n{{ else }}\ncommand: [sh, -c, y]\n{{ end }}\n", "")},
	{"aliases of aliases", aliases},
	{"aliases of one large container", largeAliases},
	{"variables that hold each other", variables},
	{"comments", repeatText("# command: [sh, -c, exec x]\n")},
	{"a block scalar", repeatBetween("kind: ConfigMap\ndata:\n  command: |\n", "    sh -c 'exec x' and more\n", "")},
	{"NULs", repeatBetween("command: [sh, -c, x]\n", "\x00\x00\x00\x00\x00\x00\x00\x00", "")},
	{"pods with invalid UTF-8 at the end", func(n int) []byte { return append(pods(n), "# \xff\xfe\n"...) }},
	{"pods with CR alone as line ends", func(n int) []byte { return bytes.ReplaceAll(pods(n), []byte("\n"), []byte("\r")) }},
	{"pods in a literal block of a ConfigMap", blockPods},
	{"pods in a quoted string of a ConfigMap", quotedPods},
	{"brackets that nothing closes", repeatBetween("command: [sh, -c, x]\n", "[", "")},
	{"quotes", repeatBetween("command: [sh, -c, x]\na: ", `"a" 'b' `, "\n")},
	{"tabs", repeatBetween("command: [sh, -c, x]\n", "\t", "")},
}

const (
	shellPods = "pods with a shell command"
	steep     = 1.2 // above this exponent time grows clearly faster than the input
)

// benchHostile checks hostile input of three sizes and prints the cost of each kind.
func (b *bench) benchHostile() error {
	dir, err := os.MkdirTemp("", "shellfree-hostile")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	most := cmp.Or(b.largest, 10) * 1e6
	t := newTable("file of "+megabytes(int64(most)), "CPU", "peak memory", "power", "what check says")
	for _, h := range hostiles {
		if err := b.measureInput(t, filepath.Join(dir, "file.yaml"), h, most); err != nil {
			return err
		}
	}
	return b.page.printPart("hostile", fmt.Sprintf("%s\nPower: what power of the bytes the CPU grows with, from a quarter of the size over half to all of it; above %.1f it is marked.\n", t, steep))
}

func (b *bench) measureInput(t *table, file string, h hostileInput, most int) error {
	var x, y []float64
	var last cost
	for _, size := range []int{most / 4, most / 2, most} {
		made, err := createInput(h.name, size, file)
		if err != nil {
			return err
		}
		last = runAll([]string{"GOMAXPROCS=1"}, [][]string{{b.self, "check", file}}, true)
		x, y = append(x, float64(made)), append(y, last.cpu.Seconds())
		if last.stopped {
			t.addRow(h.name, "stopped", megabytes(last.peak), "**?**", fmt.Sprintf("nothing in %s, of %s", limit, megabytes(int64(size))))
			return nil
		}
	}
	power := fmt.Sprintf("%.2f", exponent(x, y))
	if exponent(x, y) > steep {
		power = "**" + power + "**"
	}
	fmt.Fprintln(os.Stderr, h.name, seconds(last), power)
	t.addRow(h.name, seconds(last), megabytes(last.peak), power, lastLine(last))
	return nil
}

// createInput writes a file of a kind and returns its size. Another process does it, so that
// the memory for it is not counted here.
func createInput(kind string, size int, file string) (int64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	if out, err := exec.Command(self, "make", kind, fmt.Sprint(size), file).CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w: %s", err, out)
	}
	info, err := os.Stat(file)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// writeInput writes about size bytes of a kind into a file.
func writeInput(kind, size, file string) error {
	n, err := strconv.Atoi(size)
	if err != nil {
		return err
	}
	for _, h := range hostiles {
		if h.name == kind {
			return os.WriteFile(file, h.text(n), 0o666)
		}
	}
	return fmt.Errorf("%q is not a kind of hostile input", kind)
}

// lastLine returns the last line of the report, or the error.
func lastLine(c cost) string {
	out := strings.TrimSpace(string(c.stdout.tail) + string(c.stderr.tail))
	line := []rune(out[strings.LastIndexByte(out, '\n')+1:])
	if len(line) > 80 {
		line = append(line[:80], '…')
	}
	return strings.ReplaceAll(string(line), "|", "")
}

// repeatText returns a function that repeats a text up to a size.
func repeatText(text string) func(int) []byte { return repeatBetween("", text, "") }

// repeatBetween is repeatText with a head and a tail.
func repeatBetween(head, text, tail string) func(int) []byte {
	return func(size int) []byte { return []byte(head + strings.Repeat(text, size/len(text)) + tail) }
}

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: kube-scheduler-%07d
spec:
  containers:
  - name: kube-scheduler
    image: registry.k8s.io/kube-scheduler:v1.24.1
    command:
    - /bin/sh
    - -c
    - exec /usr/local/bin/kube-scheduler --v=2 1>>/var/log/kube-scheduler.log 2>&1
    resources:
      requests:
        cpu: 75m
`

// pods returns at least one pod.
func pods(size int) []byte {
	var b bytes.Buffer
	for n := 0; n == 0 || b.Len() < size; n++ {
		fmt.Fprintf(&b, "---\n"+pod, n)
	}
	return b.Bytes()
}

func jsonPods(size int) []byte {
	b := bytes.NewBufferString(`{"kind": "List", "items": [`)
	for n := 0; b.Len() < size; n++ {
		fmt.Fprintf(b, `{"kind": "Pod", "metadata": {"name": "p%d"}, "spec": {"containers": [{"name": "a", "command": ["/bin/sh", "-c", "exec /a --v=2 >>/var/log/a.log 2>&1"]}]}},`+"\n", n)
	}
	b.WriteString("{}]}\n")
	return b.Bytes()
}

func blockPods(size int) []byte {
	text := bytes.ReplaceAll(pods(size), []byte("\n"), []byte("\n    "))
	return append([]byte("kind: ConfigMap\ndata:\n  a.yaml: |\n    "), append(text, '\n')...)
}

func quotedPods(size int) []byte {
	quoted, err := json.Marshal(string(pods(size)))
	if err != nil {
		panic(err) // a string always encodes
	}
	return append([]byte("kind: ConfigMap\ndata:\n  a.yaml: "), append(quoted, '\n')...)
}

// scripts returns a function that makes containers with a script of size bytes each.
func scripts(size int) func(int) []byte {
	script := strings.Repeat("exec x --a=b ", size/13)
	return func(n int) []byte {
		container := "  - name: a\n    command: [sh, -c, '" + script + "']\n"
		return []byte("kind: Pod\nspec:\n  containers:\n" + strings.Repeat(container, max(1, n/len(container))))
	}
}

// nestedBrackets returns a function that repeats brackets 100,000 deep up to a size.
func nestedBrackets(open, closing string) func(int) []byte {
	return func(size int) []byte {
		const depth = 100_000
		text := "---\ncommand: [sh, -c, x]\na: " + strings.Repeat(open, depth) + "b" + strings.Repeat(closing, depth) + "\n"
		if open == "- " {
			text = strings.Replace(text, "a: -", "a:\n-", 1)
		}
		return []byte(strings.Repeat(text, max(1, size/len(text))))
	}
}

// aliases repeats lists whose items are aliases of the list above. Copied instead of
// followed, they would take gigabytes.
func aliases(size int) []byte {
	text := "---\ncommand: [sh, -c, x]\na0: &a0 [b, b, b, b, b, b, b, b, b]\n"
	for n := 1; n < 12; n++ {
		text += fmt.Sprintf("a%d: &a%d [%s*a%d]\n", n, n, strings.Repeat(fmt.Sprintf("*a%d, ", n-1), 8), n-1)
	}
	return []byte(strings.Repeat(text, size/len(text)))
}

// largeAliases returns a container of half of the size, and aliases of it.
func largeAliases(size int) []byte {
	var b bytes.Buffer
	b.WriteString("x: &a\n  command: [sh, -c, exec x]\n")
	for i := 0; b.Len() < size/2; i++ {
		fmt.Fprintf(&b, "  k%d: 1\n", i)
	}
	b.WriteString("spec:\n  containers:\n")
	for b.Len() < size {
		b.WriteString("  - *a\n")
	}
	return b.Bytes()
}

// variables returns a container with variables that double each other's values, up to the
// longest that Linux allows, and many variables that refer to the last one.
func variables(size int) []byte {
	var b bytes.Buffer
	b.WriteString("kind: Pod\nspec:\n  containers:\n  - name: a\n    command: [sh, -c, exec x $V0 $(W0)]\n    env:\n    - {name: V0, value: xxxxxxxx}\n")
	for i := 1; i < 14; i++ {
		fmt.Fprintf(&b, "    - {name: V%d, value: $(V%d)$(V%d)}\n", i, i-1, i-1)
	}
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "    - {name: W%d, value: $(V13)y}\n", i)
	}
	return b.Bytes()
}
