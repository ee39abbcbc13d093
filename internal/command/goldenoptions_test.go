package command_test

import (
	"slices"
	"strings"
	"testing"

	"shellfree/internal/config"
	"shellfree/rewrite"
	"shellfree/rewrite/dialect"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
	"shellfree/transforms"
)

// configuration reads the configuration of a case, an empty one if it has none.
func (g *goldenCase) configuration(t *testing.T) *config.Config {
	t.Helper()
	for _, f := range g.archive.Files {
		if f.Name == config.Name {
			c, err := config.Parse(f.Name, f.Data)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
	}
	return &config.Config{}
}

// parseFlags reads the flags of a case as the command line does.
func parseFlags(t *testing.T, flags []string) rewrite.Options {
	t.Helper()
	return optionsWith(t, flags, &config.Config{})
}

// optionsWith returns the options for flags and a configuration. Of the keys that also
// have a flag, the configuration may set only placeholders.
func optionsWith(t *testing.T, flags []string, c *config.Config) rewrite.Options {
	t.Helper()
	sink := transforms.Options{Sink: "auto", Configured: c.ImageSettings()}
	var o rewrite.Options
	dialects := []string{"auto"}
	for _, f := range flags {
		name, value, _ := strings.Cut(f, "=")
		switch name {
		case "--log-sink":
			sink.Sink = value
		case "--runner-path":
			sink.RunnerPath = value
		case "--kubernetes-version":
			sink.KubernetesVersion = value
			o.NoSleepAction = transforms.NoSleepAction(value)
		case "--dialect":
			dialects = strings.Split(value, ",")
		case "--placeholder-style":
			o.Upstream = value == "upstream"
		case "--placeholder":
			r, err := rewrite.ParsePlaceholderRule(value)
			if err != nil {
				t.Fatal(err)
			}
			o.Placeholders = append(o.Placeholders, r)
		default:
			t.Fatalf("flag %q is not known in golden cases", f)
		}
	}
	o.Placeholders = append(o.Placeholders, c.Placeholders...)
	catalogue, err := transforms.Load()
	if err != nil {
		t.Fatal(err)
	}
	if catalogue, err = catalogue.Extend(c.Programs); err != nil {
		t.Fatal(err)
	}
	if o.Converter, err = transforms.New(catalogue, sink); err != nil {
		t.Fatal(err)
	}
	if o.Dialects, err = dialect.Named(dialects); err != nil {
		t.Fatal(err)
	}
	return o
}

// faultyConverter makes the mistakes that the words of a program ask for, so that
// the proof of a fix has something to find: no manifest is known that provokes one. Where
// --no-claim is among the words, neither the log sink nor the rule claims to be safe.
type faultyConverter struct{ *transforms.Converter }

func (v faultyConverter) Convert(t invocation.Target, inv invocation.Invocation) invocation.Conversion {
	conv := v.Converter.Convert(t, inv)
	var argv []invocation.Word
	for _, w := range conv.Argv {
		switch text := w.String(); {
		case text == "--lost":
		case text == "--no-claim":
			conv.Sink.Safe, argv = false, append(argv, w)
		case text == "--twice":
			argv = append(argv, w, w)
		case text == "--spelled-wrong":
			argv = append(argv, invocation.Text("--spelt-wrong"))
		case text == "--log-file=/var/log/wrong.log":
			argv = append(argv, invocation.Text("--log-file=/var/log/other.log"))
		default:
			argv = append(argv, w)
		}
	}
	conv.Argv = argv
	return conv
}

func (v faultyConverter) Migrate(t invocation.Target, words []invocation.Word) (invocation.Migration, bool) {
	m, found := v.Converter.Migrate(t, words)
	if slices.ContainsFunc(words, func(w invocation.Word) bool { return w.String() == "--no-claim" }) {
		m.Rule = rule.Rule{Code: "SF499", Name: "no-claim"}
	}
	return m, found
}
