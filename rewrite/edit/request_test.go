package edit_test

import (
	"regexp"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/document"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/invocation"
)

// container is a text that holds nothing but the mapping of one container.
type container struct {
	document.Document
	text []byte
}

var placeholder = regexp.MustCompile(`\{\{\w+\}\}|#glued#`)

// parse reads a container. The decoder gets letters in the place of placeholders,
// and blanks for {{glued}} and #glued#, which stand between items.
func parse(t *testing.T, text string) container {
	t.Helper()
	masked := placeholder.ReplaceAllStringFunc(text, func(p string) string {
		if strings.Contains(p, "glued") {
			return strings.Repeat(" ", len(p))
		}
		return strings.Repeat("x", len(p))
	})
	documents, errs := document.Parse([]byte(masked))
	if len(errs) > 0 || len(documents) != 1 {
		t.Fatalf("%d documents, %v in\n%s", len(documents), errs, text)
	}
	return container{documents[0], []byte(text)}
}

// value returns what a key of the container holds, nil without it.
func (c container) value(key string) *yaml.Node {
	for i := 0; i+1 < len(c.Root.Content); i += 2 {
		if c.Root.Content[i].Value == key {
			return c.Root.Content[i+1]
		}
	}
	return nil
}

// request asks for a new array of the container's command and args, in the style
// of the last item.
func (c container) request() edit.Request {
	r := edit.Request{Text: c.text, Spans: c.Spans, Command: c.value("command"), Args: c.value("args"), JSON: c.JSON}
	last := r.Command
	if r.Args != nil {
		last = r.Args
	}
	r.Script = last.Content[len(last.Content)-1]
	return r
}

// items returns the values of a list as YAML reads them.
func (c container) items(key string) []string {
	var values []string
	if list := c.value(key); list != nil {
		for _, item := range list.Content {
			values = append(values, item.Value)
		}
	}
	return values
}

var partOfWord = regexp.MustCompile(`(?s)\{\{[^}]+\}\}|\$\([A-Z]+\)|\\\$\([A-Z]+\)|[^{$\\]+|.`)

// words makes a word of each text. In it {{x}} is a placeholder, $(X) a variable
// and \$(X) these very characters; * at the end marks a placeholder of several words.
func words(texts ...string) []invocation.Word {
	list := make([]invocation.Word, len(texts))
	for i, text := range texts {
		list[i] = word(text)
	}
	return list
}

func word(text string) invocation.Word {
	text, several := strings.CutSuffix(text, "}}*")
	if several {
		text += "}}"
	}
	w := invocation.Word{Several: several}
	for _, part := range partOfWord.FindAllString(text, -1) {
		switch {
		case strings.HasPrefix(part, "{{") && len(part) > 2:
			w.Parts = append(w.Parts, invocation.Part{Kind: invocation.Placeholder, Text: part})
		case strings.HasPrefix(part, "$("):
			w.Parts = append(w.Parts, invocation.Part{Kind: invocation.Variable, Text: part[2 : len(part)-1]})
		case strings.HasPrefix(part, `\$(`):
			w.Parts = append(w.Parts, invocation.Part{Text: part[1:]})
		default:
			w.Parts = append(w.Parts, invocation.Part{Text: part})
		}
	}
	return w
}

// check compares the whole text after some edits with what it must be. A test
// that wants an error names a part of its sentence instead.
func (c container) check(t *testing.T, edits []edit.Edit, err error, want, says string) {
	t.Helper()
	if err != nil || says != "" {
		if err == nil || says == "" || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
		return
	}
	after, err := edit.Apply(c.text, edits)
	if err != nil {
		t.Fatal(err)
	}
	if string(after) != want {
		t.Errorf("got\n%s\nwant\n%s\n(%q, want %q)", after, want, after, want)
	}
}
