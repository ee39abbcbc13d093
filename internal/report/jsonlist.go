package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"
)

// jsonIndent is the indent of each level.
const jsonIndent = "  "

// writeJSON prints a value as indented JSON. The value has an empty list after key, or is
// an empty list if key is ""; the items are printed there. They are encoded one by one,
// since an encoder keeps all of its output in memory until the end.
func writeJSON(w io.Writer, value any, key string, items iter.Seq[any]) error {
	outer, err := encodeJSON(value, "")
	if err != nil {
		return err
	}
	head, tail, found := bytes.Cut(outer, []byte(key+"[]"))
	if !found {
		return fmt.Errorf("the report has no empty list after %q: report this", key)
	}
	line := head[bytes.LastIndexByte(head, '\n')+1:]
	indent := strings.Repeat(" ", len(line))
	if _, err := fmt.Fprintf(w, "%s%s[", head, key); err != nil {
		return err
	}
	separator, end := "\n", "]"
	for item := range items {
		text, err := encodeJSON(item, indent+jsonIndent)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s%s%s%s", separator, indent, jsonIndent, bytes.TrimSuffix(text, []byte("\n"))); err != nil {
			return err
		}
		separator, end = ",\n", "\n"+indent+"]"
	}
	_, err = fmt.Fprintf(w, "%s%s", end, tail)
	return err
}

// encodeJSON returns a value as indented JSON with a line break at the end. Each line except
// the first begins with prefix.
func encodeJSON(value any, prefix string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, jsonIndent)
	err := e.Encode(value)
	return b.Bytes(), err
}
