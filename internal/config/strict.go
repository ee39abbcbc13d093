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

// checker compares a document with the type that it is to be decoded into. The
// decoder itself says neither columns nor what was probably meant.
type checker struct {
	file string
	errs []error
}

// checked returns all that is wrong in a document.
func checked(file string, root *yaml.Node) error {
	c := &checker{file: file}
	c.value(root, reflect.TypeFor[Config](), "the configuration", "")
	return errors.Join(c.errs...)
}

func (c *checker) failf(n *yaml.Node, format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s:%d:%d: %s", c.file, n.Line, n.Column, fmt.Sprintf(format, args...)))
}

// decodable is a type that reads its own YAML.
type decodable interface{ UnmarshalYAML(*yaml.Node) error }

// value checks one value; what names it in messages, enum lists the words that
// are allowed.
func (c *checker) value(n *yaml.Node, t reflect.Type, what, enum string) {
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
		c.own(n, t, own, what)
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		c.structure(n, t, what)
	case reflect.Map:
		if c.isA(n, yaml.MappingNode, what, "a mapping") {
			for i := 0; i+1 < len(n.Content); i += 2 {
				c.value(n.Content[i+1], t.Elem(), n.Content[i].Value, "")
			}
		}
	case reflect.Slice:
		if c.isA(n, yaml.SequenceNode, what, "a list") {
			for _, item := range n.Content {
				c.value(item, t.Elem(), "an item of "+what, "")
			}
		}
	case reflect.Bool:
		if n.Tag != "!!bool" {
			c.failf(n, "%s is %s, not true or false: write one of them", what, written(n))
		}
	case reflect.String:
		c.text(n, what, enum)
	}
}

// own checks a value of a type that reads itself.
func (c *checker) own(n *yaml.Node, t reflect.Type, own decodable, what string) {
	kind, name := yaml.ScalarNode, "a single value"
	if t.Kind() == reflect.Slice {
		kind, name = yaml.MappingNode, "a mapping"
	}
	if !c.isA(n, kind, what, name) {
		return
	}
	if err := own.UnmarshalYAML(n); err != nil {
		c.failf(n, "%s: %s", what, err)
	}
}

// text checks a string and the words that it may be.
func (c *checker) text(n *yaml.Node, what, enum string) {
	words := strings.Fields(enum)
	switch {
	case n.Kind != yaml.ScalarNode || n.Tag != "!!str":
		c.failf(n, "%s is %s, not text: write it as text, in quotes if need be", what, written(n))
	case n.Value == "":
		c.failf(n, "%s is empty: say something, or leave the key out", what)
	case enum != "" && !slices.Contains(words, n.Value):
		c.failf(n, "%s: %q is not known: %s", what, n.Value, suggestion.For(n.Value, words))
	}
}

// structure checks a mapping with known keys.
func (c *checker) structure(n *yaml.Node, t reflect.Type, what string) {
	if !c.isA(n, yaml.MappingNode, what, "a mapping") {
		return
	}
	fields, known := fieldsOf(t)
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		field, ok := fields[key.Value]
		switch {
		case !ok:
			c.failf(key, "key %q is not known in %s: %s", key.Value, what, suggestion.For(key.Value, known))
		case seen[key.Value] > 0:
			c.failf(key, "key %q stands in line %d already: keep one", key.Value, seen[key.Value])
		default:
			c.value(n.Content[i+1], field.Type, key.Value, field.Tag.Get("enum"))
		}
		seen[key.Value] = key.Line
	}
}

// fieldsOf returns the fields of a struct by their keys, and the keys in order.
func fieldsOf(t reflect.Type) (map[string]reflect.StructField, []string) {
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

func (c *checker) isA(n *yaml.Node, kind yaml.Kind, what, name string) bool {
	if n.Kind != kind {
		c.failf(n, "%s is %s, not %s: see docs/configuration.md", what, written(n), name)
	}
	return n.Kind == kind
}

// written names a value for messages.
func written(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	return fmt.Sprintf("%q", n.Value)
}
