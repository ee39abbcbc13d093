package rewrite_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"shellfree/rewrite"
	"shellfree/rewrite/edit"
)

// differentialEngine is an engine for each log sink that trials ask for.
type differentialEngine map[string]*rewrite.Engine

func newDifferentialEngine(t *testing.T, runner string) differentialEngine {
	t.Helper()
	engines := differentialEngine{}
	for _, sink := range []string{"runner", "klog"} {
		engines[sink] = rewrite.New(engineOptions(t, sink, runner))
	}
	return engines
}

type execAction struct {
	Exec struct {
		Command []string `json:"command"`
	} `json:"exec"`
}

type container struct {
	Name          string      `json:"name"`
	Image         string      `json:"image"`
	Command       []string    `json:"command,omitempty"`
	Args          []string    `json:"args,omitempty"`
	WorkingDir    string      `json:"workingDir,omitempty"`
	Env           []variable  `json:"env,omitempty"`
	LivenessProbe *execAction `json:"livenessProbe,omitempty"`
	Lifecycle     *struct {
		PreStop *execAction `json:"preStop,omitempty"`
	} `json:"lifecycle,omitempty"`
}

type pod struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Metadata   struct {
		Name string `json:"name"`
	} `json:"metadata"`
	Spec struct {
		Containers []container `json:"containers"`
	} `json:"spec"`
}

// manifest returns the trial as JSON.
func (c trial) manifest() ([]byte, error) {
	argv := append(slices.Clone(c.shell), c.script)
	in := container{Name: "main", Image: "registry.k8s.io/kube-scheduler:v1.24.1", Env: c.env}
	action := &execAction{}
	action.Exec.Command = argv
	switch {
	case c.site == "livenessProbe":
		in.LivenessProbe = action
	case c.site == "preStop":
		in.Lifecycle = &struct {
			PreStop *execAction `json:"preStop,omitempty"`
		}{action}
	case c.split:
		in.Command, in.Args = c.shell, []string{c.script}
	default:
		in.Command = argv
	}
	p := pod{APIVersion: "v1", Kind: "Pod"}
	p.Metadata.Name = "trial"
	p.Spec.Containers = []container{in}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(c.filled)
	if c.indent {
		encoder.SetIndent("", "  ")
	}
	err := encoder.Encode(p)
	return b.Bytes(), err
}

// array reads the trial's array from a manifest as the API server would, and
// the trial with the environment and the directory that stand there.
func (c trial) array(manifest []byte) (trial, []string, error) {
	var p pod
	if err := json.Unmarshal(manifest, &p); err != nil {
		return c, nil, err
	}
	in := p.Spec.Containers[0]
	c.env, c.dir = in.Env, in.WorkingDir
	switch c.site {
	case "livenessProbe":
		return c, in.LivenessProbe.Exec.Command, nil
	case "preStop":
		return c, in.Lifecycle.PreStop.Exec.Command, nil
	}
	return c, append(in.Command, in.Args...), nil
}

// converted is what the engine made of a trial.
type converted struct {
	finding rewrite.Finding
	text    []byte   // the manifest after; nil when the trial is refused
	trial   trial    // with the environment and directory of that manifest
	argv    []string // its array
}

func (c trial) convert(e *rewrite.Engine) (converted, error) {
	text, err := c.manifest()
	if err != nil {
		return converted{}, err
	}
	result := e.File("trial.json", text)
	if conversions(result) != 1 {
		return converted{}, fmt.Errorf("%d findings for one shell command:\n%s", conversions(result), text)
	}
	got := converted{finding: result.Findings[0]}
	if got.finding.Fix == nil {
		return got, nil
	}
	if got.text, err = edit.Apply(text, got.finding.Fix.Edits); err != nil {
		return got, err
	}
	got.trial, got.argv, err = c.array(c.fillArrays(got.text))
	return got, err
}
