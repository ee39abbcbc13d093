package rewrite_test

import (
	"maps"
	"slices"
	"strings"
)

// kubelet expands s as the kubelet does, written anew from
// kubernetes/kubernetes third_party/forked/golang/expansion/expand.go so that
// the engine's own expansion is not what it is compared with.
func kubelet(s string, values map[string]string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '$' || i+1 == len(s) {
			out.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case '$':
			out.WriteByte('$')
		case '(':
			end := strings.IndexByte(s[i:], ')')
			if end < 0 {
				out.WriteString("$(")
				continue
			}
			name := s[i+1 : i+end]
			if value, ok := values[name]; ok {
				out.WriteString(value)
			} else {
				out.WriteString("$(" + name + ")")
			}
			i += end
		default:
			out.WriteString("$" + string(rune(s[i])))
		}
	}
	return out.String()
}

// environment returns the container's variables: a value may use earlier ones,
// a later entry wins (pkg/kubelet/kubelet_pods.go makeEnvironmentVariables).
func (c trial) environment() map[string]string {
	env := map[string]string{}
	for _, v := range c.env {
		env[v.Name] = kubelet(v.Value, env)
	}
	return env
}

// processEnv returns the container's variables as the runtime passes them.
func (c trial) processEnv() []string {
	var env []string
	values := c.environment()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		env = append(env, name+"="+values[name])
	}
	return env
}

// expand applies what the kubelet expands at the trial's site to an array:
// everything in containers, env as written in probes, nothing in hooks.
func (c trial) expand(argv []string) []string {
	values := c.environment()
	switch c.site {
	case "preStop":
		return slices.Clone(argv)
	case "livenessProbe":
		values = map[string]string{}
		for _, v := range c.env {
			values[v.Name] = v.Value
		}
	}
	out := make([]string, len(argv))
	for i, item := range argv {
		out[i] = kubelet(item, values)
	}
	return out
}
