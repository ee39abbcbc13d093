package span

import (
	"math/rand/v2"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// TestEscapes compares escapesTo with the decoder.
func TestEscapes(t *testing.T) {
	pieces := []string{"a", "b", " ", "  ", "\n", "\n ", "\r\n", "\t", `\`, `\\`, `\"`, `\n`, `\t`, `\/`, `\ `, "\\\n", "\\\n  ", `\x41`, "é", "\u0085", "'", "#", ": "}
	random := rand.New(rand.NewPCG(3, 3))
	known := 0
	for range 50_000 {
		var b strings.Builder
		for range random.IntN(8) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		text := b.String()
		var doc yaml.Node
		escaped := strings.NewReplacer(`\\`, "", `\"`, "").Replace(text)
		if strings.ContainsAny(escaped, `"`) || yaml.Unmarshal([]byte(`"`+text+`"`), &doc) != nil || len(doc.Content) != 1 {
			continue // no scalar, or more than one
		}
		value := doc.Content[0].Value
		same, ok := escapesTo([]byte(text), value)
		if !ok {
			continue
		}
		known++
		if !same {
			t.Fatalf("%q decodes to %q, by hand it does not", text, value)
		}
		if same, _ := escapesTo([]byte(text), value+"x"); same {
			t.Fatalf("%q decodes to %q, by hand to more", text, value)
		}
	}
	if known < 10_000 {
		t.Errorf("%d texts could be decoded by hand: they are no test", known)
	}
}
