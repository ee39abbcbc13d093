package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/internal/suggestion"
)

// checker compares a document with the Go type that it will be decoded into. The
// decoder's own errors have no columns and suggest no known key.
type checker struct {
	file string
	errs []error
}

// checkDocument returns all mistakes of a document.
func checkDocument(file string, root *yaml.Node) error {
	c := &checker{file: file}
	c.checkValue(root, reflect.TypeFor[Config](), "the configuration", "")
	return errors.Join(c.errs...)
}

func (c *checker) failf(n *yaml.Node, format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s:%d:%d: %s", c.file, n.Line, n.Column, fmt.Sprintf(format, args...)))
}

// decodable is a type that decodes its own YAML.
type decodable interface{ UnmarshalYAML(*yaml.Node) error }

// checkValue checks one value; what is its name in messages, and enum lists the
// allowed words, if only some are.
func (c *checker) checkValue(n *yaml.Node, t reflect.Type, what, enum string) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if own, ok := reflect.New(t).Interface().(decodable); ok {
		c.checkDecodable(n, t, own, what)
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		c.checkStruct(n, t, what)
	case reflect.Map:
		if c.expectKind(n, yaml.MappingNode, what, "a mapping") {
			for i := 0; i+1 < len(n.Content); i += 2 {
				c.checkValue(n.Content[i+1], t.Elem(), n.Content[i].Value, "")
			}
		}
	case reflect.Slice:
		if c.expectKind(n, yaml.SequenceNode, what, "a list") {
			for _, item := range n.Content {
				c.checkValue(item, t.Elem(), "an item of "+what, "")
			}
		}
	case reflect.Bool:
		if n.Tag != "!!bool" {
			c.failf(n, "%s is %s, not true or false: write one of them", what, describeValue(n))
		}
	case reflect.String:
		c.checkText(n, what, enum)
	}
}

// checkDecodable checks a value whose type decodes it.
func (c *checker) checkDecodable(n *yaml.Node, t reflect.Type, own decodable, what string) {
	kind, name := yaml.ScalarNode, "a single value"
	if t.Kind() == reflect.Slice {
		kind, name = yaml.MappingNode, "a mapping"
	}
	if !c.expectKind(n, kind, what, name) {
		return
	}
	if err := own.UnmarshalYAML(n); err != nil {
		c.failf(n, "%s: %s", what, err)
	}
}

// checkText checks that a value is a string, and one of the allowed words.
func (c *checker) checkText(n *yaml.Node, what, enum string) {
	words := strings.Fields(enum)
	switch {
	case n.Kind != yaml.ScalarNode || n.Tag != "!!str":
		c.failf(n, "%s is %s, not text: write it as text, in quotes if need be", what, describeValue(n))
	case n.Value == "":
		c.failf(n, "%s is empty: give it a value, or leave the key out", what)
	case enum != "" && !slices.Contains(words, n.Value):
		c.failf(n, "%s: %q is not known: %s", what, n.Value, suggestion.For(n.Value, words))
	}
}

// checkStruct checks a mapping whose keys are the fields of a struct.
func (c *checker) checkStruct(n *yaml.Node, t reflect.Type, what string) {
	if !c.expectKind(n, yaml.MappingNode, what, "a mapping") {
		return
	}
	fields, known := yamlFields(t)
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		field, ok := fields[key.Value]
		switch {
		case !ok:
			c.failf(key, "key %q is not known in %s: %s", key.Value, what, suggestion.For(key.Value, known))
		case seen[key.Value] > 0:
			c.failf(key, "key %q is already on line %d: keep one of them", key.Value, seen[key.Value])
		default:
			c.checkValue(n.Content[i+1], field.Type, key.Value, field.Tag.Get("enum"))
		}
		seen[key.Value] = key.Line
	}
}

// yamlFields returns the fields of a struct by their YAML keys, and the keys in the
// order of the fields.
func yamlFields(t reflect.Type) (map[string]reflect.StructField, []string) {
	fields := map[string]reflect.StructField{}
	var keys []string
	for i := range t.NumField() {
		f := t.Field(i)
		if key := f.Tag.Get("yaml"); key != "" && key != "-" {
			fields[key] = f
			keys = append(keys, key)
		}
	}
	return fields, keys
}

func (c *checker) expectKind(n *yaml.Node, kind yaml.Kind, what, name string) bool {
	if n.Kind != kind {
		c.failf(n, "%s is %s, not %s: see docs/configuration.md", what, describeValue(n), name)
	}
	return n.Kind == kind
}

// describeValue returns the words for a value in messages.
func describeValue(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	return fmt.Sprintf("%q", n.Value)
}
