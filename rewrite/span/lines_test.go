package span_test

import (
	"bytes"
	"fmt"
	"testing"

	"shellfree/rewrite/span"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// TestPosition asks for all positions of a text, forwards and backwards.
func TestPosition(t *testing.T) {
	text := []byte("\uFEFFab\té\n\r\n😀x\u2028y")
	l := span.NewLocator(text)
	want := map[int][2]int{3: {1, 1}, 4: {1, 2}, 5: {1, 3}, 6: {1, 4}, 8: {1, 5}, 9: {2, 1}, 11: {3, 1}, 15: {3, 2}, 16: {3, 3}, 19: {4, 1}, 20: {4, 2}}
	for pass := range 2 {
		for i := range len(text) + 1 {
			offset := i
			if pass == 1 {
				offset = len(text) - i
			}
			position, ok := want[offset]
			if !ok {
				continue
			}
			line, column := l.Position(offset)
			if [2]int{line, column} != position {
				t.Errorf("Position(%d) = %d:%d, want %d:%d", offset, line, column, position[0], position[1])
			}
			if back := l.Offset(line, column); back != offset {
				t.Errorf("Offset(%d, %d) = %d, want %d", line, column, back, offset)
			}
		}
	}
	if got := l.Offset(9, 1); got != len(text) {
		t.Errorf("Offset behind the text = %d, want %d", got, len(text))
	}
}

// oneLine is flow text of about n bytes on a single line, not all ASCII.
func oneLine(n int) []byte {
	var text bytes.Buffer
	text.WriteString("[")
	for i := 0; text.Len() < n; i++ {
		fmt.Fprintf(&text, `{"name": "é%d", 'args': [a b, "-c", 'it''s']},`, i)
	}
	text.WriteString("]")
	return text.Bytes()
}

// manyLines is block text of about n bytes.
func manyLines(n int) []byte {
	var text bytes.Buffer
	for i := 0; text.Len() < n; i++ {
		fmt.Fprintf(&text, "- name: c%d\n  command:\n  - /bin/sh\n  - -c\n  - |\n    exec x \\\n      --y\n  image: \"z:1\" # é\n", i)
	}
	return text.Bytes()
}

func BenchmarkLocate(b *testing.B) {
	for name, text := range map[string][]byte{"line": oneLine(1 << 20), "lines": manyLines(1 << 20)} {
		b.Run(name, func(b *testing.B) {
			var doc yaml.Node
			if err := yaml.Unmarshal(text, &doc); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				table := span.NewLocator(text).Locate(&doc)
				if s, ok := table.Of(doc.Content[0]); !ok || s.End < len(text)-20 {
					b.Fatal("the root is not placed")
				}
			}
		})
	}
}
