package expansion_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "shellfree/rewrite/expansion"
)

func literal(name, value string) Variable { return Variable{Name: name, Value: value} }

func field(name, path string) Variable { return Variable{Name: name, Kind: Field, Path: path} }

func TestLookup(t *testing.T) {
	safe := func(v string) Binding { return Binding{State: Declared, Known: true, Value: v, Safe: true} }
	known := func(v string) Binding { return Binding{State: Declared, Known: true, Value: v} }
	exists, opaque := Binding{State: Declared}, Binding{State: Declared, Safe: true}
	unknown, none := Binding{State: Unknown}, Binding{}
	optional := Variable{Name: "X", Kind: Secret, Optional: true}

	for _, c := range []struct {
		title string
		env   []Variable
		want  Binding // of X in a container
		probe Binding // of X in a probe
	}{
		{"absent", []Variable{literal("Y", "1")}, none, none},
		{"literal", []Variable{literal("X", "/var/log/a.log")}, safe("/var/log/a.log"), safe("/var/log/a.log")},
		{"empty literal", []Variable{literal("X", "")}, known(""), known("")},
		{"blank in it", []Variable{literal("X", "a b")}, known("a b"), known("a b")},
		{"the last entry wins", []Variable{literal("X", "1"), literal("X", "2")}, safe("2"), safe("2")},
		{"uses an earlier one", []Variable{literal("Y", "h"), literal("X", "$(Y):80")}, safe("h:80"), known("$(Y):80")},
		{"not a later one", []Variable{literal("X", "$(Y)"), literal("Y", "h")}, known("$(Y)"), known("$(Y)")},
		{"uses what it replaces", []Variable{literal("X", "a"), literal("X", "$(X):b")}, safe("a:b"), known("$(X):b")},
		{"dollars", []Variable{literal("X", "$$(Y)")}, known("$(Y)"), known("$$(Y)")},
		{"empty by reference", []Variable{literal("Y", ""), literal("X", "$(Y)")}, known(""), known("$(Y)")},
		{"name", []Variable{field("X", "metadata.name")}, opaque, known("")},
		{"label", []Variable{field("X", "metadata.labels['x']")}, exists, known("")},
		{"resource", []Variable{{Name: "X", Kind: Resource}}, opaque, known("")},
		{"secret", []Variable{{Name: "X", Kind: Secret}}, exists, known("")},
		{"config map", []Variable{{Name: "X", Kind: ConfigMap}}, exists, known("")},
		{"template", []Variable{{Name: "X", Kind: Template}}, exists, exists},
		{"safe text around a safe field", []Variable{field("Y", "status.podIP"), literal("X", "http://$(Y):80")}, opaque, known("http://$(Y):80")},
		{"unsafe text around it", []Variable{field("Y", "status.podIP"), literal("X", "a $(Y)")}, exists, known("a $(Y)")},
		{"uses a secret", []Variable{{Name: "Y", Kind: Secret}, literal("X", "$(Y)")}, exists, known("$(Y)")},
		{"optional", []Variable{optional}, unknown, known("")},
		{"optional over a literal", []Variable{literal("X", "1"), optional}, exists, known("")},
		{"literal over optional", []Variable{optional, literal("X", "1")}, safe("1"), safe("1")},
		{"uses an optional one", []Variable{{Name: "Y", Kind: ConfigMap, Optional: true}, literal("X", "a$(Y)")}, exists, known("a$(Y)")},
		{"uses a service", []Variable{literal("X", "$(KUBERNETES_SERVICE_HOST)")}, exists, known("$(KUBERNETES_SERVICE_HOST)")},
	} {
		env := Environment{Variables: c.env}
		got := map[string]Binding{"container": env.Lookup("X", Container), "probe": env.Lookup("X", Probe), "hook": env.Lookup("X", Hook)}
		want := map[string]Binding{"container": c.want, "probe": c.probe, "hook": none}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.title, diff)
		}
	}
}

func TestLookupEnvFrom(t *testing.T) {
	env := Environment{From: true, Variables: []Variable{literal("X", "1"), literal("Z", "$(Y)")}}
	for name, want := range map[string]Binding{
		"X": {State: Declared, Known: true, Value: "1", Safe: true}, // env wins over envFrom
		"Y": {State: Unknown},
		"Z": {State: Declared},
	} {
		if diff := cmp.Diff(want, env.Lookup(name, Container)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := env.Lookup("Y", Probe); got.State != Undeclared {
		t.Errorf("Y in a probe is %+v, but probes know no envFrom", got)
	}
}

func TestLookupServices(t *testing.T) {
	for name, want := range map[string]State{
		"KUBERNETES_SERVICE_HOST":       Unknown,
		"KUBERNETES_SERVICE_PORT_HTTPS": Unknown,
		"KUBERNETES_PORT":               Unknown,
		"MY_DNS_PORT_53_UDP_ADDR":       Unknown,
		"MY_DNS_PORT_53_ADDR":           Undeclared,
		"SERVICE_HOST":                  Undeclared,
		"my_SERVICE_HOST":               Undeclared, // the kubelet writes capitals
		"HOME":                          Undeclared,
	} {
		if got := (Environment{}).Lookup(name, Container).State; got != want {
			t.Errorf("%s has state %d, want %d", name, got, want)
		}
	}
}

func TestSafeFields(t *testing.T) {
	for path, want := range map[string]bool{
		"metadata.name": true, "metadata.namespace": true, "metadata.uid": true,
		"spec.nodeName": true, "spec.serviceAccountName": true, "status.podIP": true, "status.hostIP": true,
		"metadata.annotations": false, "metadata.labels": false, "status.podIPs": false, "": false,
	} {
		env := Environment{Variables: []Variable{field("X", path)}}
		if got := env.Lookup("X", Container).Safe; got != want {
			t.Errorf("a field of %q is safe: %v, want %v", path, got, want)
		}
	}
}

func TestSafeCharacters(t *testing.T) {
	for b := range 256 {
		value := "a" + string([]byte{byte(b)}) + "z"
		want := strings.ContainsAny(value[1:2], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+,=-")
		got := Environment{Variables: []Variable{literal("X", value)}}.Lookup("X", Probe).Safe
		if got != want {
			t.Errorf("%q is safe: %v, want %v", value, got, want)
		}
	}
}

// TestLookupOfDoublingValues has forty values, each twice the one before: a terabyte.
func TestLookupOfDoublingValues(t *testing.T) {
	env := Environment{Variables: []Variable{literal("V0", "x")}}
	for i := range 40 {
		env.Variables = append(env.Variables, literal(fmt.Sprint("V", i+1), fmt.Sprintf("$(V%d)$(V%d)", i, i)))
	}
	if got := env.Lookup("V10", Container); len(got.Value) != 1024 {
		t.Errorf("V10 has %d bytes, want 1024", len(got.Value))
	}
	if got := env.Lookup("V40", Container); got.State != Declared || got.Known {
		t.Errorf("V40 is %d bytes and known: %v, want declared only", len(got.Value), got.Known)
	}
}

// TestLookupLarge has values that are as long as Linux allows, one by one and all
// together, and longer ones.
func TestLookupLarge(t *testing.T) {
	env := Environment{Variables: []Variable{literal("A", strings.Repeat("a", 100<<10))}}
	for i := range 200 {
		env.Variables = append(env.Variables, literal(fmt.Sprint("B", i), "$(A)b"))
	}
	env.Variables = append(env.Variables, literal("C", "$(A)$(A)"), literal("D", "d"))
	lookup := env.At(Container)
	total := 0
	for _, v := range env.Variables {
		b := lookup(v.Name)
		if b.State != Declared {
			t.Errorf("%s is %+v", v.Name, b)
		}
		total += len(b.Value)
	}
	if total < 5<<20 || total > 7<<20 {
		t.Errorf("%d bytes of values are kept", total)
	}
	if lookup("C").Known {
		t.Error("a value is known that is too long for Linux")
	}
}
