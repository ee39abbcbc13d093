package schema_test

import (
	"strings"
	"testing"

	"shellfree/internal/config"
)

// TestConfiguration: what the schema takes and refuses is what the reader takes and
// refuses.
func TestConfiguration(t *testing.T) {
	schema := compile(t, "internal/config/config.schema.json")
	for text, good := range map[string]bool{
		readFile(t, "internal/config/testdata/whole.yaml"): true, "": true, "logSink:": true, "images: []": true,
		"logsink: auto": false, "logSink: file": false, "runnerPath: 7": false, "runnerPath: ''": false, "kubernetesVersion: soon": false,
		"placeholders: {a: b}": false, "dialects: [mustache]": false, "dialects: salt": false, "include: [1]": false, "stderrThreshold: INFO": false,
		"programs: [{nmaes: [a]}]": false, "programs: [{names: [a], klog: {maxSize: 1.2}}]": false, "images: [{runner: true}]": false,
		"exclude: [1]": false, "exceptions: [{rule: SF203}]": false, "exceptions: [{rule: pipeline, reason: r}]": false, "exceptions: [{rule: SF501, reason: r}]": false,
		"exceptions: [{rule: SF203, reason: r, until: 'soon'}]": false, "exceptions: [{rule: SF203, reason: r, pathh: a}]": false,
		"exceptions: [{rule: SF203, reason: r}]": true, "rules: {SF401: {}}": false, "rules: {pipeline: {not: [a]}}": false, "rules: {SF501: {not: [a]}}": true,
		"rules: {SF401: {only: ''}}":      false,
		"images: [{image: a, runner: b}]": false, "- a": false,
	} {
		_, err := config.Parse("f", []byte(text))
		if (err == nil) != good {
			t.Errorf("the reader says %v of %q", err, text)
		}
		if err := schema.Validate(document(t, text)); (err == nil) != good {
			t.Errorf("the schema says %v of %q", err, text)
		}
	}
}

// TestConfigurationPage: the examples of the page are configurations.
func TestConfigurationPage(t *testing.T) {
	schema := compile(t, "internal/config/config.schema.json")
	examples := strings.Split(readFile(t, "docs/configuration.md"), "```yaml\n")[1:]
	if len(examples) == 0 {
		t.Fatal("docs/configuration.md has no examples")
	}
	for _, e := range examples {
		example, _, _ := strings.Cut(e, "```")
		if _, err := config.Parse("docs/configuration.md", []byte(example)); err != nil {
			t.Errorf("%v\n%s", err, example)
		}
		if err := schema.Validate(document(t, example)); err != nil {
			t.Errorf("%v\n%s", err, example)
		}
	}
}
