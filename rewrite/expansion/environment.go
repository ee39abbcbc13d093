package expansion

import (
	"regexp"
	"slices"
	"strings"
)

// Kind says where a variable's value comes from.
type Kind int

// Kinds of a variable; the names are those of k8s.io/api/core/v1 EnvVarSource.
const (
	Literal   Kind = iota // value
	Field                 // valueFrom.fieldRef
	Resource              // valueFrom.resourceFieldRef
	Secret                // valueFrom.secretKeyRef
	ConfigMap             // valueFrom.configMapKeyRef or fileKeyRef
	Template              // filled by a template, or of a source not known here
)

// Variable is one entry of a container's env.
type Variable struct {
	Name     string
	Kind     Kind
	Value    string // of a Literal, as the manifest has it
	Path     string // of a Field, such as metadata.name
	Optional bool   // of a Secret or ConfigMap: may be missing without an error
}

// Environment holds a container's variables, as far as its manifest sets them. The
// variables that the image sets (ENV) are left out, since the kubelet doesn't know
// them.
type Environment struct {
	Variables []Variable // env, in order
	From      bool       // envFrom is present: any other name may exist
}

// Place says which of the kubelet's three ways to expand a command applies.
type Place int

const (
	// Container is command and args of a container: the whole environment,
	// each value expanded from those before it (kubernetes/kubernetes,
	// pkg/kubelet/container/helpers.go ExpandContainerCommandAndArgs and
	// pkg/kubelet/kubelet_pods.go makeEnvironmentVariables).
	Container Place = iota
	// Probe is the command of an exec probe: only env, values as written, and
	// "" for valueFrom (helpers.go ExpandContainerCommandOnlyStatic).
	Probe
	// Hook is the command of a lifecycle hook: nothing is expanded, and `$$`
	// stays (pkg/kubelet/lifecycle/handlers.go).
	Hook
)

// State says whether the kubelet knows a name.
type State int

// States of a name at a Place.
const (
	Undeclared State = iota // $(NAME) stays as it is
	Declared                // $(NAME) is replaced
	Unknown                 // the manifest alone does not tell
)

// Binding says what the kubelet puts in for $(NAME) at a place.
type Binding struct {
	State State
	Known bool   // Value is known
	Value string // of the variable, after expansion
	// Safe is set where the value is not empty and has only the characters
	// [A-Za-z0-9_./:@%+,=-], which mean nothing special to a shell. It may be set
	// without Known.
	Safe bool
}

// Lookup returns the binding of a name at a place. The last entry of a name wins;
// where it is optional and may be missing, the entries before it count.
func (e Environment) Lookup(name string, p Place) Binding { return e.At(p)(name) }

// At returns Lookup at a place, to be used for many names: the values are expanded
// once, when the first name is looked up.
func (e Environment) At(p Place) func(name string) Binding {
	switch p {
	case Hook:
		return func(string) Binding { return Binding{} }
	case Probe:
		return e.staticBinding
	}
	var bindings map[string]Binding
	get := func(name string) Binding {
		b, ok := bindings[name]
		if !ok && (e.From || isService(name)) {
			b.State = Unknown
		}
		return b
	}
	return func(name string) Binding {
		if bindings == nil {
			bindings = make(map[string]Binding, len(e.Variables))
			room := maxValues
			for _, v := range e.Variables {
				b := v.binding(get, min(room, maxValue))
				bindings[v.Name] = b
				room -= len(b.Value)
			}
		}
		return get(name)
	}
}

// Has reports whether env has an entry of that name, from any source.
func (e Environment) Has(name string) bool {
	return slices.ContainsFunc(e.Variables, func(v Variable) bool { return v.Name == name })
}

// staticBinding returns the binding of a name in a probe.
func (e Environment) staticBinding(name string) Binding {
	for _, v := range slices.Backward(e.Variables) {
		switch {
		case v.Name != name:
		case v.Kind == Template:
			return Binding{State: Declared}
		default: // for valueFrom the value is empty
			return knownBinding(v.Value)
		}
	}
	return Binding{}
}

// binding returns the binding of the variable's name; before looks up the variables
// that stand before it. A value that gets longer than limit bytes is left unknown.
func (v Variable) binding(before func(name string) Binding, limit int) Binding {
	switch {
	case v.Kind == Literal:
		return literalBinding(v.Value, before, limit)
	case v.Optional && before(v.Name).State != Declared:
		return Binding{State: Unknown}
	}
	safe := v.Kind == Resource || v.Kind == Field && isSafeField(v.Path)
	return Binding{State: Declared, Safe: safe}
}

// Values that each name the one before twice would fill the memory. Longer ones than
// Linux starts a program with are therefore left unknown: maxValue is its limit for
// one string (MAX_ARG_STRLEN, include/uapi/linux/binfmts.h), maxValues that for all
// together (fs/exec.c, bprm_stack_limits).
const (
	maxValue  = 128 << 10 // bytes
	maxValues = 6 << 20   // bytes
)

// literalBinding returns the binding of a value after expansion. It is safe without
// being known where it holds safe references in safe text.
func literalBinding(value string, before func(name string) Binding, limit int) Binding {
	sure, safe, unknown := true, true, false
	declared := func(name string) bool {
		state := before(name).State
		unknown = unknown || state == Unknown
		return state == Declared
	}
	var b strings.Builder
	tokens := Parse(value, declared)
	for _, t := range tokens {
		text := t.Text
		if t.Name != "" {
			from := before(t.Name)
			text, sure, safe = from.Value, sure && from.Known, safe && from.Safe
		} else {
			safe = safe && isSafe(text)
		}
		if b.Len()+len(text) > limit {
			return Binding{State: Declared}
		}
		b.WriteString(text)
	}
	if sure && !unknown {
		return knownBinding(b.String())
	}
	return Binding{State: Declared, Safe: safe && !unknown && len(tokens) > 0}
}

// knownBinding returns the binding of a value that needs no expansion.
func knownBinding(value string) Binding {
	return Binding{State: Declared, Known: true, Value: value, Safe: value != "" && isSafe(value)}
}

// isSafe reports whether a text has only characters that mean nothing special to a
// shell.
func isSafe(text string) bool {
	for i := range len(text) {
		if b := text[i]; !('a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || strings.IndexByte("_./:@%+,=-", b) >= 0) {
			return false
		}
	}
	return true
}

// isSafeField reports fields of a pod that the API server restricts to names and
// addresses (k8s.io/api/core/v1 ObjectFieldSelector).
func isSafeField(path string) bool {
	switch path {
	case "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
		"spec.serviceAccountName", "status.podIP", "status.hostIP":
		return true
	}
	return false
}

// serviceVariable matches the names of the variables that the kubelet adds for the
// services of the cluster (kubernetes/kubernetes, pkg/kubelet/envvars/envvars.go).
var serviceVariable = regexp.MustCompile(`^[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$`)

func isService(name string) bool { return serviceVariable.MatchString(name) }
