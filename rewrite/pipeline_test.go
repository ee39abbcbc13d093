package rewrite_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite"
)

// TestFilter: in a pipeline of kyaml the filter sets command, args and env on the
// nodes, in lists of objects and in strings too, and leaves all else as it is.
func TestFilter(t *testing.T) {
	in := `apiVersion: v1
kind: Pod
metadata:
  name: a # kept
  annotations: {config.kubernetes.io/index: '7'}
spec:
  containers:
  - name: s
    image: registry.k8s.io/kube-scheduler:v1.24.1
    command: [sh, -c, "exec kube-scheduler --v=2 >>/var/log/s.log 2>&1"]
  - name: e
    image: example.com/web:1
    command:
    - sh
    - -c
    args:
    - A=b exec /web
  - name: kept
    image: example.com/other:1
    command: [sh, -c, "a; b"]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: m}
data:
  pod.yaml: |
    kind: Pod
    spec: {containers: [{name: x, command: [sh, -c, exec /x --y]}]}
`
	want := `apiVersion: v1
kind: Pod
metadata:
  name: a # kept
  annotations: {config.kubernetes.io/index: '7'}
spec:
  containers:
  - name: s
    image: registry.k8s.io/kube-scheduler:v1.24.1
    command: ["kube-scheduler", "--logtostderr=false", "--log-file=/var/log/s.log", "--log-file-max-size=0", "--v=2"]
  - name: e
    image: example.com/web:1
    command:
    - /web
    args: []
    env:
    - name: A
      value: b
  - name: kept
    image: example.com/other:1
    command: [sh, -c, "a; b"]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: m}
data:
  pod.yaml: |
    kind: Pod
    spec: {containers: [{name: x, command: [/x, --y]}]}
`
	var out bytes.Buffer
	filter := &rewrite.Filter{Engine: engine(t, "auto")}
	err := kio.Pipeline{
		Inputs:  []kio.Reader{&kio.ByteReader{Reader: strings.NewReader(in), OmitReaderAnnotations: true}},
		Filters: []kio.Filter{filter},
		Outputs: []kio.Writer{kio.ByteWriter{Writer: &out, KeepReaderAnnotations: true}},
	}.Execute()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("after the filter (-want +got):\n%s", diff)
	}
	if n := len(filter.Findings); n != 4 {
		t.Errorf("%d findings, want 4", n)
	}
	filter.Findings = nil
	if _, err := filter.Filter([]*yaml.RNode{yaml.MustParse(want[:strings.Index(want, "---")])}); err != nil || len(filter.Findings) != 1 {
		t.Errorf("a second run: %v, findings %v, want the obstacle alone", err, filter.Findings)
	}
}

// TestPipelineMetadata: metadata that kyaml's pipeline can't annotate, or whose
// annotations it would compare, is no obstacle and stays as it is.
func TestPipelineMetadata(t *testing.T) {
	const spec = "spec: {containers: [{name: x, command: [sh, -c, exec /x]}]}\n"
	for _, metadata := range []string{
		"", "metadata:\n", "metadata: x\n", "metadata: [x]\n", "metadata: {annotations: x}\n", "metadata: {annotations: {a: [b]}}\n",
		"metadata: {<<: {name: a}}\n", "x: &m {name: a}\nmetadata: *m\n", "metadata: {name: a, name: b}\n",
		"metadata: {annotations: {config.kubernetes.io/index: '1', internal.config.kubernetes.io/index: '2'}}\n",
		"metadata: {annotations: {internal.config.kubernetes.io/index: '2'}}\n",
		"metadata: {annotations: }\n", "metadata: {annotations: {}}\n", "metadata: {labels: {a: b}}\n", "metadata: {{x}}\n",
	} {
		text := []byte("apiVersion: v1\nkind: Pod\n" + metadata + spec)
		r := engine(t, "auto").File("pod.yaml", text)
		got, err := r.Fixed(func(rewrite.Finding) bool { return true })
		want := strings.Replace(string(text), "[sh, -c, exec /x]", "[/x]", 1)
		if err != nil || string(got) != want || len(r.Findings) != 1 {
			t.Errorf("%q: %v, %+v\n%s", metadata, err, r.Findings, got)
		}
	}
}
