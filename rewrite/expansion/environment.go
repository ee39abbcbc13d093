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

// Environment is what a manifest tells of a container's variables. What the
// image sets (ENV) is no part of it, since the kubelet never sees it.
type Environment struct {
	Variables []Variable // env, in order
	From      bool       // envFrom is present: any other name may exist
}

// Place says which of the kubelet's three ways to expand holds.
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

// Binding is what is known of a name at a place.
type Binding struct {
	State State
	Known bool   // Value is what replaces $(NAME)
	Value string // after expansion
	// Safe: the value is not empty and holds nothing but
	// [A-Za-z0-9_./:@%+,=-], so no shell splits or reads it differently.
	Safe bool
}

// Lookup returns what the kubelet knows of a name at a place. The last entry
// of a name wins; one whose reference is optional leaves what was before.
func (e Environment) Lookup(name string, p Place) Binding { return e.At(p)(name) }

// At returns Lookup at a place for many names: the values are expanded once, when
// the first is asked for.
func (e Environment) At(p Place) func(name string) Binding {
	switch p {
	case Hook:
		return func(string) Binding { return Binding{} }
	case Probe:
		return e.static
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
				b := v.bind(get, min(room, maxValue))
				bindings[v.Name] = b
				room -= len(b.Value)
			}
		}
		return get(name)
	}
}

// Has reports whether env has an entry of that name, whatever its source.
func (e Environment) Has(name string) bool {
	return slices.ContainsFunc(e.Variables, func(v Variable) bool { return v.Name == name })
}

// static is Lookup for probes.
func (e Environment) static(name string) Binding {
	for _, v := range slices.Backward(e.Variables) {
		switch {
		case v.Name != name:
		case v.Kind == Template:
			return Binding{State: Declared}
		default: // Value is empty for all but literals
			return known(v.Value)
		}
	}
	return Binding{}
}

// bind returns what the variable makes of its name, given those before it. A value
// longer than limit is not followed up.
func (v Variable) bind(before func(name string) Binding, limit int) Binding {
	switch {
	case v.Kind == Literal:
		return literal(v.Value, before, limit)
	case v.Optional && before(v.Name).State != Declared:
		return Binding{State: Unknown}
	}
	safe := v.Kind == Resource || v.Kind == Field && isSafeField(v.Path)
	return Binding{State: Declared, Safe: safe}
}

// Values that double each other would fill the memory, so they are followed up as
// far as Linux would start a program with them: maxValue is the longest string
// (MAX_ARG_STRLEN, include/uapi/linux/binfmts.h), maxValues what all may have
// together (fs/exec.c, bprm_stack_limits).
const (
	maxValue  = 128 << 10 // bytes
	maxValues = 6 << 20   // bytes
)

// literal expands a value. It stays safe, though no longer known, when it
// holds safe references in safe text.
func literal(value string, before func(name string) Binding, limit int) Binding {
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
		return known(b.String())
	}
	return Binding{State: Declared, Safe: safe && !unknown && len(tokens) > 0}
}

func known(value string) Binding {
	return Binding{State: Declared, Known: true, Value: value, Safe: value != "" && isSafe(value)}
}

func isSafe(text string) bool {
	for i := range len(text) {
		if b := text[i]; !('a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || strings.IndexByte("_./:@%+,=-", b) >= 0) {
			return false
		}
	}
	return true
}

// isSafeField tells fields of a pod whose form the API server restricts to
// names and addresses (k8s.io/api/core/v1 ObjectFieldSelector).
func isSafeField(path string) bool {
	switch path {
	case "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
		"spec.serviceAccountName", "status.podIP", "status.hostIP":
		return true
	}
	return false
}

// service matches the names that the kubelet makes of the services in the
// cluster (kubernetes/kubernetes, pkg/kubelet/envvars/envvars.go).
var service = regexp.MustCompile(`^[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$`)

func isService(name string) bool { return service.MatchString(name) }
