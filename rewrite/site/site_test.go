package site_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/site"
)

// listCommands lists the commands of a text, one a line: kind/object container site
// and the first item of command and args.
func listCommands(t *testing.T, text string) []string {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	reader := site.Reader{Masked: func(v string) bool { return strings.Contains(v, "MASK") }}
	var lines []string
	commands, ok := reader.Find(root.Content[0])
	if !ok {
		t.Error("it is too much to look at")
	}
	for _, c := range commands {
		line := fmt.Sprintf("%s/%s %s %s", c.Kind, c.Object, c.Container, c.Site)
		for _, list := range []*yaml.Node{c.Command, c.Args} {
			if list == nil {
				line += " -"
			} else {
				line += " " + list.Content[0].Value
			}
		}
		if c.Indirect != nil {
			line += " indirect"
		}
		if c.Unpaired {
			line += " unpaired"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestFind(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"pod", `{kind: Pod, metadata: {name: p}, spec: {initContainers: [{name: i, command: [a]}], containers: [{name: c, args: [b], command: [a]}]}}`,
			[]string{"Pod/p i initContainer a -", "Pod/p c container a b"}},
		{"the nearest object", `{kind: List, metadata: {}, items: [{kind: Gadget, metadata: {generateName: g-}, deep: [{ephemeralContainers: [{name: e, command: [a]}]}]}]}`,
			[]string{"Gadget/g- e ephemeralContainer a -"}},
		{"probes and hooks", `{containers: [{name: c, livenessProbe: {exec: {command: [l]}}, readinessProbe: {exec: {command: [r]}}, startupProbe: {exec: {command: [s]}}, lifecycle: {postStart: {exec: {command: [b]}}, preStop: {exec: {command: [e]}}}}]}`,
			[]string{"/ c livenessProbe l -", "/ c readinessProbe r -", "/ c startupProbe s -", "/ c postStart b -", "/ c preStop e -"}},
		{"args alone", `{containers: [{name: c, args: [-c, x]}]}`, []string{"/ c container - -c"}},
		{"no sequence, no mapping", `{containers: {a: {command: [x]}}, initContainers: [x, [y]], command: [z]}`, nil},
		{"command is no list, or empty", `{containers: [{command: sh}, {command: []}, {command: }]}`, nil},
		{"alias", `{x: &x [a], containers: [{name: c, command: *x}]}`, []string{"/ c container a - indirect"}},
		{"merge", `{x: &x {command: [a]}, containers: [{name: c, <<: *x}, {name: d, <<: *x, command: [own]}]}`,
			[]string{"/ c container a - indirect", "/ d container own -"}},
		{"an alias for the container", `{x: &x {name: c, command: [a]}, containers: [*x]}`, []string{"/ c container a - indirect"}},
		{"branches, each with its probe", "containers:\n- name: c\n  livenessProbe: MASK\n  livenessProbe:\n    exec: {command: [a]}\n  livenessProbe:\n    exec: {command: [b]}\n    exec: {command: [d]}\n",
			[]string{"/ c livenessProbe a -", "/ c livenessProbe b -", "/ c livenessProbe d -"}},
		{"an alias for a probe", `{x: &x {exec: {command: [a]}}, containers: [{name: c, livenessProbe: *x}]}`, []string{"/ c livenessProbe a - indirect"}},
		{"a merge in a hook", `{x: &x {preStop: {exec: {command: [a]}}}, containers: [{name: c, lifecycle: {<<: *x}}]}`, []string{"/ c preStop a - indirect"}},
		{"a container's alias counts for its probe", `{x: &x {name: c, livenessProbe: {exec: {command: [a]}}}, containers: [*x]}`, []string{"/ c livenessProbe a - indirect"}},
		{"branches, each with its args", "containers:\n- name: c\n  command: [a]\n  args: [b]\n  command: [d]\n  args: [e]\n",
			[]string{"/ c container a b", "/ c container d e"}},
		{"branches that can't be paired", "containers:\n- name: c\n  command: [a]\n  command: [d]\n  args: [e]\n",
			[]string{"/ c container a - unpaired", "/ c container d - unpaired"}},
		{"a JSON patch", `[{op: add, path: /spec/containers/-, value: {name: c, command: [a]}}, {op: add, path: /spec/initContainers, value: [{name: i, args: [b]}]}, {op: replace, path: /spec/containers/0/command, value: [d]}, {op: add, path: /spec/containers/0/lifecycle/preStop, value: {exec: {command: [e]}}}]`,
			[]string{"/ c container a -", "/ i initContainer - b", "/  container d -", "/  preStop e -"}},
		{"a JSON patch through an alias", `{x: &x [{name: c, command: [a]}], y: &y [b], z: [{op: add, path: /spec/containers, value: *x}, {op: add, path: /spec/containers/0/command, value: *y}]}`,
			[]string{"/ c container a - indirect", "/  container b - indirect"}},
		{"another API", `{apiVersion: a/v1, kind: Task, metadata: {name: t}, spec: {steps: [{name: s, image: i, command: [a]}, {image: i}, {name: no, command: [b]}], script: {image: i, readinessProbe: {exec: {command: [r]}}}}}`,
			[]string{"Task/t s container a -", "Task/t  readinessProbe r -"}},
		{"a part of a chart", `[{name: c, image: i, command: [a], resources: {}}, {name: no, image: i, command: [b], environment: {}}]`, []string{"/ c container a -"}},
		{"a deployment hook", `{kind: DeploymentConfig, metadata: {name: d}, spec: {strategy: {rollingParams: {pre: {execNewPod: {containerName: c, image: once, command: [a]}}}}}}`, []string{"DeploymentConfig/d c container a -"}},
		{"one place, one command", `{kind: Pod, metadata: {}, containers: [{name: c, image: i, command: [a]}], x: {op: add, path: /spec/containers/-, value: {name: d, image: i, command: [b]}}}`,
			[]string{"Pod/ c container a -", "Pod/ d container b -"}},
		{"no scalar for an image", `{kind: Pod, metadata: {}, x: {image: {type: string}, command: [a], resources: {}}}`, nil},
		{"a JSON patch of something else", `[{op: test, path: /spec/containers/0/command, value: [a]}, {op: add, path: /spec/containers/0, value: [command, [a]]}, {op: add, path: /command, value: [a]}, {op: add, path: /spec/containers/0/command/-, value: a}]`, nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, listCommands(t, tt.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestEnvironment(t *testing.T) {
	text := `
containers:
- name: c
  command: [a]
  envFrom: [{configMapRef: {name: c}}]
  env:
  - {name: LITERAL, value: x}
  - {name: EMPTY}
  - {name: TEMPLATE, value: aMASKb}
  - {name: FIELD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
  - {name: RESOURCE, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
  - {name: SECRET, valueFrom: {secretKeyRef: {name: s, key: k, optional: true}}}
  - {name: MAP, valueFrom: {configMapKeyRef: {name: s, key: k}}}
  - {name: NEW, valueFrom: {someRef: {}}}
`
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	reader := site.Reader{Masked: func(v string) bool { return strings.Contains(v, "MASK") }}
	commands, _ := reader.Find(root.Content[0])
	got := commands[0].Env
	want := expansion.Environment{From: true, Variables: []expansion.Variable{
		{Name: "LITERAL", Value: "x"}, {Name: "EMPTY"}, {Name: "TEMPLATE", Kind: expansion.Template},
		{Name: "FIELD", Kind: expansion.Field, Path: "metadata.name"}, {Name: "RESOURCE", Kind: expansion.Resource},
		{Name: "SECRET", Kind: expansion.Secret, Optional: true}, {Name: "MAP", Kind: expansion.ConfigMap},
		{Name: "NEW", Kind: expansion.Template},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSurroundings(t *testing.T) {
	for _, c := range []struct {
		title, text string
		pod         site.Pod
		exec        site.Style
	}{
		{"nothing said", "containers:\n- preStop: x\n  lifecycle:\n    preStop:\n      exec:\n        command: [a]\n", site.Pod{}, site.Style{Indent: 2}},
		{"pod", "hostNetwork: true\nterminationGracePeriodSeconds: 5\ncontainers:\n- livenessProbe:\n      exec:\n          command:\n          - a\n",
			site.Pod{HostNetwork: "true", Grace: "5"}, site.Style{Indent: 4}},
		{"another pod's", "x: {hostNetwork: true, containers: []}\nhostNetwork: MASK\ncontainers:\n- livenessProbe: {exec: {command: [a]}}\n",
			site.Pod{HostNetwork: "MASK"}, site.Style{Flow: true}},
		{"flow in block", "containers:\n- livenessProbe:\n    exec: {command: [a]}\n", site.Pod{}, site.Style{}},
	} {
		var root yaml.Node
		if err := yaml.Unmarshal([]byte(c.text), &root); err != nil {
			t.Fatal(err)
		}
		got, _ := site.Reader{Masked: func(string) bool { return false }}.Find(root.Content[0])
		if len(got) != 1 || !cmp.Equal(got[0].Pod, c.pod) || got[0].Exec != c.exec {
			t.Errorf("%s: %+v", c.title, got)
		}
	}
}
