package rewrite_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite"
	"shellfree/rewrite/edit"
)

// styleFill is one way to fill the placeholders.
type styleFill struct {
	name  string
	words []string // arguments that {{first}}, {{middle}} and {{last}} stand for
	shell string   // the same in a script
	array string   // the same in an array
	rest  *strings.Replacer
}

// text fills every placeholder but those that stand for arguments.
func (f styleFill) text(s string) string { return f.rest.Replace(s) }

func (f styleFill) fill(text []byte, arguments string) []byte {
	s := strings.NewReplacer("{{first}}", arguments, "{{middle}}", arguments, "{{last}}", arguments).Replace(string(text))
	return []byte(f.text(s))
}

// fills returns two ways to fill the placeholders of a case: with several
// arguments, and with none where the style of the placeholders allows it.
func (c *styleCase) fills() []styleFill {
	several := styleFill{"two words", []string{"--p1", "--p2"}, "--p1 --p2", `, "--p1", "--p2"`, nil}
	none := styleFill{"nothing", nil, "", "", nil}
	if c.upstream {
		several.array = `"--p1", "--p2"`
		none = styleFill{"one word", []string{"--p1"}, "--p1", `"--p1"`, nil}
	}
	line, second := "workingDir: /tmp", "stdinOnce: true"
	if c.json {
		second = `"stdinOnce": true,`
	}
	several.rest = strings.NewReplacer("{{part}}", "8080", "{{pillar['part']}}", "true", "{{other}}", "w1", "{{ suffix }}", "-2",
		"{{env_line}}", line, "{{lone_line}}", second, "{{config_line}}", "c: d", "{{config_value}}", "é v", "{{label}}", "l1",
		"{{pillar['registry']}}", "reg.io:5000/k8s", "{{secure_port}}", "10259", "{{flag}}", "true")
	none.rest = strings.NewReplacer("{{part}}", "", "{{pillar['part']}}", "", "{{other}}", "w2", "{{ suffix }}", "",
		"{{env_line}}", "", "{{lone_line}}", "", "{{config_line}}", "", "{{config_value}}", "", "{{label}}", "",
		"{{pillar['registry']}}", "r", "{{secure_port}}", "1", "{{flag}}", "")
	return []styleFill{several, none}
}

// errGenerator is a case that is not what the generator meant it to be.
var errGenerator = errors.New("the generator made a wrong manifest")

// check runs the engine and returns the code of the rule, and what is wrong.
func (c *styleCase) check(e *rewrite.Engine) (code string, after []byte, err error) {
	result := e.File("style", bytes.Clone(c.text))
	if len(result.Findings) != 1 {
		return "", nil, fmt.Errorf("%d findings, want 1", len(result.Findings))
	}
	f := result.Findings[0]
	if err := c.checkBefore(); err != nil {
		return f.Rule.Code, nil, err
	}
	if f.Fix == nil {
		return f.Rule.Code, nil, nil
	}
	edits := result.Edits(anyFinding)
	after, err = edit.Apply(c.text, edits)
	if err == nil {
		kept, inLists, err2 := c.withoutInsertions(edits)
		err = errors.Join(err2, c.checkBytes(kept, inLists), c.checkValues(after), checkAgain(e, after))
	}
	return f.Rule.Code, after, err
}

// checkBefore asserts that a plain decoder reads the script that was meant.
func (c *styleCase) checkBefore() error {
	fill := c.fills()[0]
	_, argv, err := c.decode(fill.fill(c.text, fill.shell), nil)
	if err != nil {
		return errors.Join(errGenerator, err)
	}
	n := len(c.shell)
	if len(argv) != n+1 || !slices.Equal(argv[:n], c.shell) {
		return fmt.Errorf("%w: %q", errGenerator, argv)
	}
	var want []string
	for _, token := range c.script.tokens {
		want = append(want, string(fill.fill([]byte(token), fill.shell)))
	}
	got := strings.ReplaceAll(strings.TrimRight(kubelet(argv[n], nil), "\n"), "\\\n", " ")
	if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(strings.Join(want, " ")), " ") {
		return fmt.Errorf("%w: script %q, want %q", errGenerator, got, want)
	}
	return nil
}

// checkBytes asserts that the edits lie within the lists, that all other bytes
// are there as before, and that no comment or anchor of a list is lost.
func (c *styleCase) checkBytes(after []byte, edits []edit.Edit) error {
	for _, e := range edits {
		if !slices.ContainsFunc(c.lists, func(l [2]int) bool { return l[0] <= e.Start && e.End <= l[1] }) {
			return fmt.Errorf("an edit of bytes %d to %d is outside of the lists %v", e.Start, e.End, c.lists)
		}
	}
	rest, at := after, 0
	for _, l := range c.lists {
		kept := c.text[at:l[0]]
		i := bytes.Index(rest, kept)
		if i < 0 || at == 0 && i > 0 {
			return fmt.Errorf("bytes %d to %d changed", at, l[0])
		}
		rest, at = rest[i+len(kept):], l[1]
	}
	if !bytes.HasSuffix(rest, c.text[at:]) {
		return fmt.Errorf("bytes from %d on changed", at)
	}
	for _, text := range c.kept {
		if bytes.Count(after, []byte(text)) != 1 {
			return fmt.Errorf("%q is lost", text)
		}
	}
	return nil
}

// checkValues asserts that the program gets the words of the script and that
// nothing else in the manifest differs, with the placeholders filled.
func (c *styleCase) checkValues(after []byte) error {
	for _, fill := range c.fills() {
		others, _, err := c.decode(fill.fill(c.text, fill.shell), nil)
		if err != nil {
			continue // checkBefore has seen one filling that is read
		}
		got, argv, err := c.decode(fill.fill(after, fill.array), func(container map[string]any) error { return c.script.setup.take(container, fill) })
		if err != nil {
			return fmt.Errorf("filled with %s: %w", fill.name, err)
		}
		if !reflect.DeepEqual(others, got) {
			return fmt.Errorf("filled with %s, other values changed (-before +after):\n%s", fill.name, cmp.Diff(others, got))
		}
		for i := range argv {
			argv[i] = kubelet(argv[i], nil)
		}
		if diff := cmp.Diff(slices.Concat(c.wrapper, c.script.argv(c.sink, fill)), argv); diff != "" {
			return fmt.Errorf("filled with %s, the program gets other words (-want +got):\n%s", fill.name, diff)
		}
	}
	return nil
}

func checkAgain(e *rewrite.Engine, after []byte) error {
	if r := e.File("style", after); len(r.Findings) > 0 {
		return fmt.Errorf("a second run finds %s: %s", r.Findings[0].Rule.Code, r.Findings[0].Message)
	}
	return nil
}

// decode reads all documents with a plain decoder, and takes command and args
// out of them, and from the container what take does.
func (c *styleCase) decode(text []byte, take func(container map[string]any) error) (others []any, argv []string, err error) {
	if c.json {
		var root any
		if err := json.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &root); err != nil {
			return nil, nil, err
		}
		others = append(others, root)
	}
	for d := yaml.NewDecoder(bytes.NewReader(text)); !c.json; {
		var root any
		if err := d.Decode(&root); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, nil, err
		}
		others = append(others, root)
	}
	container := commandOf(others)
	command, _ := container["command"].([]any)
	args, _ := container["args"].([]any)
	delete(container, "command")
	delete(container, "args")
	if take != nil {
		err = take(container)
	}
	for _, item := range append(command, args...) {
		s, ok := item.(string)
		if !ok {
			return nil, nil, fmt.Errorf("the item %v is no string", item)
		}
		argv = append(argv, s)
	}
	return others, argv, err
}

// commandOf returns the only container that has a command.
func commandOf(v any) map[string]any {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if found := commandOf(item); found != nil {
				return found
			}
		}
	case map[string]any:
		if _, ok := v["command"].([]any); ok {
			return v
		}
		for _, item := range v {
			if found := commandOf(item); found != nil {
				return found
			}
		}
	}
	return nil
}
