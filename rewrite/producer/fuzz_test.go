package producer

import (
	"strings"
	"testing"
)

// FuzzFile asserts of any text that a search ends without a panic, and that it
// returns lines of the text that hold the placeholder's key.
func FuzzFile(f *testing.F) {
	f.Add("fill.sh", script)
	f.Add("values.yaml", "proxy:\n  args: \"--a='b'\"\n")
	f.Add("x.sls", "x_args: 'a")
	f.Add("x.go", `Params: "{{params}}", .replace("{{params}}", $x`)
	f.Add("x", "s@{{params}}@\\\n{% set params=")
	search := New([]Placeholder{params, pillars, values, fields, under, hash, {"{{x}}", ""}, {"", "x"}})
	f.Fuzz(func(t *testing.T, name, text string) {
		lines := strings.Split(text, "\n")
		for placeholder, found := range search.File(name, []byte(text)) {
			for _, l := range append(found.Producers, found.Quoted...) {
				if l.Number < 1 || l.Number > len(lines) || l.File != name {
					t.Errorf("%s: %+v is no line of the text", placeholder, l)
				}
			}
		}
	})
}
