package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite"
	"shellfree/rewrite/dialect"
)

// keyEntries are the YAML nodes of a file's keys and values, by key.
type keyEntries map[string]entry

type entry struct{ key, value *yaml.Node }

// Parse reads the text of a configuration; name is its file name, for errors. The
// error joins one for each unknown key, with the known key that it resembles, and
// one for each value of a wrong type, all with file, line and column. Empty text is
// an empty configuration.
func Parse(name string, content []byte) (*Config, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	var document yaml.Node
	err := decoder.Decode(&document)
	if errors.Is(err, io.EOF) {
		return &Config{File: name}, nil
	}
	if err != nil {
		return nil, notYAML(name, err)
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: the configuration has several documents: keep one, without --- lines", name)
	}
	root := document.Content[0]
	if err := checkDocument(name, root); err != nil {
		return nil, err
	}
	c := &Config{File: name, text: keyEntries{}}
	if root.Kind != yaml.MappingNode {
		return c, nil // only comments, or null
	}
	if err := root.Decode(c); err != nil {
		return nil, notYAML(name, err)
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		value := root.Content[i+1]
		if value.Kind == yaml.AliasNode {
			value = value.Alias
		}
		c.text[root.Content[i].Value] = entry{root.Content[i], value}
	}
	c.setOrigins()
	return c, c.checkValues()
}

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): `)

// notYAML rewrites an error of the YAML decoder so that it begins with FILE:LINE, as
// this tool's errors do.
func notYAML(name string, err error) error {
	message := err.Error()
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		name, message = name+":"+m[1], message[len(m[0]):]
	}
	return fmt.Errorf("%s: the configuration is not YAML, %s: mend it", name, message)
}

// setOrigins writes into programs, images and exceptions their place in the file.
func (c *Config) setOrigins() {
	for i := range c.Programs {
		c.Programs[i].Origin = c.itemOrigin("programs", i)
	}
	for i := range c.Images {
		c.Images[i].Origin = c.itemOrigin("images", i)
	}
	for i := range c.Exceptions {
		c.Exceptions[i].Line = c.text["exceptions"].value.Content[i].Line
	}
}

// checkValues checks the values beyond their types: names, patterns, globs.
func (c *Config) checkValues() error {
	var errs []error
	if _, err := dialect.Named(c.Dialects); err != nil {
		errs = append(errs, fmt.Errorf("%s: %w", c.Origin("dialects"), err))
	}
	for i, pattern := range c.Include {
		if _, err := filepath.Match(pattern, ""); err != nil || pattern == "" {
			errs = append(errs, fmt.Errorf("%s: %q is not a pattern of file names: write one such as *.conf", c.itemOrigin("include", i), pattern))
		}
	}
	for i, p := range c.Images {
		if p.Pattern == "" {
			errs = append(errs, fmt.Errorf("%s: the entry names no image: add image: NAME", c.itemOrigin("images", i)))
		}
	}
	return errors.Join(append(errs, c.checkPolicy())...)
}

// checkPolicy checks exceptions, globs and limits.
func (c *Config) checkPolicy() error {
	var errs []error
	add := func(origin string, err error) {
		for _, e := range splitErrors(err) {
			errs = append(errs, fmt.Errorf("%s: %w", origin, e))
		}
	}
	for i, glob := range c.Exclude {
		add(c.itemOrigin("exclude", i), checkGlob(glob))
	}
	for i, e := range c.Exceptions {
		add(c.itemOrigin("exceptions", i), e.check())
	}
	for i := 0; len(c.Rules) > 0 && i < len(c.text["rules"].value.Content); i += 2 {
		key := c.text["rules"].value.Content[i]
		add(fmt.Sprintf("%s:%d", c.File, key.Line), c.Rules[key.Value].check(key.Value))
	}
	return errors.Join(errs...)
}

// splitErrors returns the errors that err joins; err itself if it joins none, and
// nothing for nil.
func splitErrors(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	if err == nil {
		return nil
	}
	return []error{err}
}

// Origin returns the place of a key of the first level as FILE:LINE; "" if the file
// does not have it.
func (c *Config) Origin(key string) string {
	e, ok := c.text[key]
	if !ok || e.value.Tag == "!!null" {
		return ""
	}
	return fmt.Sprintf("%s:%d", c.File, e.key.Line)
}

// PlaceholderOrigin returns the place of the i-th of [Config].Placeholders as
// FILE:LINE.
func (c *Config) PlaceholderOrigin(i int) string {
	return fmt.Sprintf("%s:%d", c.File, c.text["placeholders"].value.Content[2*i].Line)
}

func (c *Config) itemOrigin(key string, i int) string {
	return fmt.Sprintf("%s:%d", c.File, c.text[key].value.Content[i].Line)
}

// Source returns the value of a key of the first level as YAML, with its comments;
// "" if the file does not have the key.
func (c *Config) Source(key string) string {
	if c.Origin(key) == "" {
		return ""
	}
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(c.text[key].value); err != nil {
		return ""
	}
	return b.String()
}

// UnmarshalYAML reads a mapping of NAME: words|word|refuse.
func (p *PlaceholderRules) UnmarshalYAML(node *yaml.Node) error {
	for i := 0; i+1 < len(node.Content); i += 2 {
		rule, err := rewrite.ParsePlaceholderRule(node.Content[i].Value + "=" + node.Content[i+1].Value)
		if err != nil {
			return err
		}
		*p = append(*p, rule)
	}
	return nil
}
