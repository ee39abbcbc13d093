package reading

import (
	"bytes"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// ValueOf returns the value of a mapping's own key, nil without it.
func ValueOf(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// EachNode calls visit for n and all below it; aliases are not followed.
func EachNode(n *yaml.Node, visit func(*yaml.Node)) {
	visit(n)
	for _, child := range n.Content {
		EachNode(child, visit)
	}
}

// OneLine returns a text with each run of white space as one blank.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// lineStart returns the offset of the first byte of an offset's line; LF, CR
// and CRLF end lines.
func lineStart(text []byte, offset int) int {
	return bytes.LastIndexAny(text[:offset], "\r\n") + 1
}

// nextLine returns the offset of the line behind an offset's.
func nextLine(text []byte, offset int) int {
	i := bytes.IndexAny(text[offset:], "\r\n")
	switch {
	case i < 0:
		return len(text)
	case text[offset+i] == '\r' && offset+i+1 < len(text) && text[offset+i+1] == '\n':
		i++
	}
	return offset + i + 1
}
