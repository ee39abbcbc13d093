package dialect

import (
	"strings"
	"testing"
)

// BenchmarkNew masks a megabyte of each kind of text.
func BenchmarkNew(b *testing.B) {
	dialects := dialectsNamed(b)
	const container = "    - name: a\n      image: b/c:1.2\n      command: [\"/bin/sh\", \"-c\", \"exec x >>y 2>&1\"]\n"
	for _, kind := range []struct{ name, head, unit, tail string }{
		{"none", "", container, ""},
		{"few", "", strings.Repeat(container, 10) + "      image: b/c:{{ tag }}\n", ""},
		{"dense YAML", "", "- command: [sh, -c, 'exec a {{x}} {{y}}']\n  {{z}}: {{ b }}\n", ""},
		{"dense JSON", "{\"a\": [1", ",{\"b\":{{x}},\"{{y}}\":\"c {{z}}\",\"d\":[{{x}},\"e\"{{y}}]}\n", "]}"},
		{"control", "", "{{- if .a }}\nb: {{ .c | quote }}\n{{- end }}\n", ""},
	} {
		b.Run(kind.name, func(b *testing.B) {
			text := []byte(kind.head + strings.Repeat(kind.unit, 1<<20/len(kind.unit)) + kind.tail)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				New(text, dialects)
			}
		})
	}
}
