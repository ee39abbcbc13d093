package rewrite

import (
	"cmp"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/source"
)

// Start is what one command of a manifest starts, as far as its text tells:
// with a shell what the script starts, without one what the array holds.
type Start struct {
	Kind, Object, Container, Site, Image string // where it stands, placeholders as in the file
	At                                   source.Position
	offset                               int // of At, in bytes

	// Shell is the base name of the shell in between, "" for the exec form.
	Shell string
	// Entrypoint reports args without command: the image's ENTRYPOINT starts.
	Entrypoint bool
	// Invocation is what is started; no words where Obstacle says why it can't
	// be told.
	Invocation invocation.Invocation
	Obstacle   *invocation.Obstacle
	// Prelude is what the script runs before the program, "" for nothing.
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
	defer func() {
		if cause := recover(); cause != nil {
			starts, findings = nil, stopped(source.New(name, text), cause).Findings
		}
	}()
	return e.starts(name, text, 0)
}

func (e *Engine) starts(name string, text []byte, depth int) ([]Start, []Finding) {
	f := &file{engine: e, depth: depth, compared: true, whole: true, result: &Result{Source: source.New(name, text)}}
	if _, err := f.Read(); err != nil {
		f.unparsable(0, len(text), source.Position{Line: 1, Column: 1}, err.Error()+": mend it, or leave the file out")
	}
	var starts []Start
	seen := map[int]bool{}
	for _, r := range f.readings {
		for i := range r.commands {
			c := &r.commands[i]
			place, ok := c.span()
			if ok && seen[place.Start] {
				continue
			}
			seen[place.Start] = true
			starts = append(starts, f.start(r, c, place.Start))
		}
	}
	for _, r := range f.readings {
		for _, m := range r.manifests {
			inner, _ := e.starts(name, m.text.Bytes, depth+1)
			for _, s := range inner {
				s.offset = m.text.Offset(s.offset)
				s.At = f.result.Source.Position(s.offset)
				starts = append(starts, s)
			}
		}
	}
	return starts, f.result.Findings
}

// start says what one command starts.
func (f *file) start(r *reading, c *command, offset int) Start {
	s := Start{
		Kind: r.unmask(c.Kind), Object: r.unmask(c.Object), Container: r.unmask(c.Container), Site: c.Site,
		Image: r.unmask(c.Image), At: f.result.Source.Position(offset), offset: offset, Entrypoint: c.Command.Command == nil, Env: c.Env.Variables, Dir: r.directory(c), Place: c.Place,
	}
	shell, found := c.look()
	if !found || shell.Script < 0 { // a script file is a program as any other here
		s.Invocation = invocation.Invocation{Words: r.startWords(f.array(r, c)), Stderr: invocation.Destination{Kind: invocation.ToStderr}, Exec: true}
		return s
	}
	c.found, s.Shell = shell, shell.Name
	script := f.script(r, c)
	s.Text = r.unmask(script.Text)
	for i := range script.Marks { // what fills a placeholder makes no difference here
		if script.Marks[i].Policy == invocation.Refuse {
			script.Marks[i].Policy = invocation.Words
		}
	}
	script.Variable = func(string) invocation.Policy { return invocation.OneWord }
	if s.Invocation, s.Obstacle = invocation.Analyse(script); s.Obstacle != nil {
		if inv, prelude, ok := invocation.AnalyseLast(script); ok {
			s.Invocation, s.Obstacle, s.Prelude = inv, nil, r.unmask(prelude)
		} else {
			s.Obstacle.Message = r.unmask(s.Obstacle.Message)
		}
	}
	s.setup()
	s.Invocation.Wrapper = f.wrapper(script, c)
	return s
}

// setup adds what the script sets up before it starts the program.
func (s *Start) setup() {
	for _, a := range s.Invocation.Env {
		s.Env = append(slices.Clip(s.Env), expansion.Variable{Name: a.Name, Value: edit.Value(a.Value, false)})
	}
	s.Dir = cmp.Or(s.Invocation.Dir.String(), s.Dir)
}

// startWords returns the words of an array. A placeholder without quotes that
// is a whole item of a flow list stands for any number of items, since whoever
// fills it writes into the list itself.
func (r *reading) startWords(items []arrayItem) []invocation.Word {
	words := wordsOf(items)
	for i, item := range items {
		if item.index < 0 || item.list.Style&yaml.FlowStyle == 0 {
			continue
		}
		node := item.list.Content[item.index]
		bare := node.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0
		if parts := item.word.Parts; bare && len(parts) == 1 && parts[0].Kind == invocation.Placeholder {
			words[i].Several = true
		}
	}
	return words
}

// directory returns the container's workingDir.
func (r *reading) directory(c *command) string {
	if dir := ownValue(c.Mapping, "workingDir"); dir != nil {
		return r.unmask(dir.Value)
	}
	return ""
}
