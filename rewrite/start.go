package rewrite

import (
	"cmp"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/judge"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/source"
)

// Start describes the program that one command of a manifest starts, as far as its text tells:
// with a shell what the script starts, without one what the array holds.
type Start struct {
	Kind, Object, Container, Site, Image string // where it stands, placeholders as in the file
	At                                   source.Position
	offset                               int // of At, in bytes

	// Shell is the base name of the shell in between, "" for the exec form.
	Shell string
	// Entrypoint reports args without command: the image's ENTRYPOINT starts.
	Entrypoint bool
	// Invocation is the start of the program; no words where Obstacle says why it can't
	// be told.
	Invocation invocation.Invocation
	Obstacle   *invocation.Obstacle
	// Prelude is the part of the script before the program, "" for none.
	Prelude string
	// Text is the script of a shell, "" without one.
	Text  string
	Env   []expansion.Variable // the container's variables, in order
	Dir   string               // the directory it starts in, "" for the image's own
	Place expansion.Place
}

// Starts returns what the commands of a file start, those of manifests in its
// strings behind its own. The findings are those of bytes that can't be read.
func (e *Engine) Starts(name string, text []byte) (starts []Start, findings []Finding) {
	src := source.New(name, text)
	defer func() {
		if cause := recover(); cause != nil {
			starts, findings = nil, judge.Stopped(src, cause).Findings()
		}
	}()
	return e.starts(src, 0)
}

func (e *Engine) starts(src *source.Source, depth int) ([]Start, []Finding) {
	o := e.reading(depth, true)
	o.Compared = true
	t := reading.Of(src, o)
	var starts []Start
	type startPlace struct { // several commands are reached through one alias
		reported, own int
	}
	seen := map[startPlace]bool{}
	for _, r := range t.Readings {
		for i := range r.Commands {
			c := &r.Commands[i]
			place, ok := c.Location()
			own, _ := c.Span()
			where := startPlace{place.Start, own.Start}
			if !ok || !seen[where] {
				seen[where] = true
				starts = append(starts, e.start(t, c, place.Start))
			}
		}
	}
	for _, r := range t.Readings {
		for _, s := range r.Strings {
			inner, _ := e.starts(source.New(src.Name, s.Text.Bytes), depth+1)
			for _, in := range inner {
				in.offset = s.Text.Offset(in.offset)
				in.At = src.Position(in.offset)
				starts = append(starts, in)
			}
		}
	}
	var findings []Finding
	for _, u := range t.Unread {
		findings = append(findings, judge.Unread(t, u).Findings()...)
	}
	return starts, findings
}

// start says what one command starts.
func (e *Engine) start(t *reading.Text, c *reading.Command, offset int) Start {
	s := Start{
		Kind: c.Kind, Object: c.Object, Container: c.Container, Site: c.Site, Image: c.Image,
		At: t.Source.Position(offset), offset: offset, Entrypoint: c.Command.Command == nil, Env: c.Env.Variables, Dir: c.Directory(), Place: c.Place,
	}
	if !c.StartsShell || c.Shell.Script < 0 { // a script file is a program as any other here
		s.Invocation = invocation.Invocation{Words: wordsStarted(c.Array(e.options)), Stderr: invocation.Destination{Kind: invocation.ToStderr}, Exec: true}
		return s
	}
	s.Shell = c.Shell.Name
	script := c.Script(e.options, e.options.Upstream)
	s.Text = c.Shown(script.Text)
	for i := range script.Marks { // how a placeholder is filled makes no difference here
		if script.Marks[i].Policy == invocation.Refuse {
			script.Marks[i].Policy = invocation.Words
		}
	}
	script.Variable = func(string) invocation.Policy { return invocation.OneWord }
	s.analyse(c, script)
	s.addSetup()
	s.Invocation.Wrapper = c.Wrapper(script)
	return s
}

// analyse reduces the script to its program, or its last statement to one.
func (s *Start) analyse(c *reading.Command, script invocation.Script) {
	s.Invocation, s.Obstacle = invocation.Analyse(script)
	if s.Obstacle == nil {
		return
	}
	if inv, prelude, ok := invocation.AnalyseLast(script); ok {
		s.Invocation, s.Obstacle, s.Prelude = inv, nil, c.Shown(prelude)
		return
	}
	s.Obstacle = &invocation.Obstacle{Rule: s.Obstacle.Rule, Message: c.Shown(s.Obstacle.Message)}
}

// addSetup adds what the script sets up before it starts the program.
func (s *Start) addSetup() {
	for _, a := range s.Invocation.Env {
		s.Env = append(slices.Clip(s.Env), expansion.Variable{Name: a.Name, Value: edit.Value(a.Value, false)})
	}
	s.Dir = cmp.Or(s.Invocation.Dir.String(), s.Dir)
}

// wordsStarted returns the words of an array. A placeholder without quotes that
// is a whole item of a flow list stands for any number of items, since its value is
// written into the list itself.
func wordsStarted(items []reading.Item) []invocation.Word {
	words := reading.WordsOf(items)
	for i, item := range items {
		if item.Index < 0 || item.List.Style&yaml.FlowStyle == 0 {
			continue
		}
		node := item.List.Content[item.Index]
		bare := node.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0
		if parts := item.Word.Parts; bare && len(parts) == 1 && parts[0].Kind == invocation.Placeholder {
			words[i].Several = true
		}
	}
	return words
}
