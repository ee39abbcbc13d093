package rewrite

import (
	"slices"

	"shellfree/rewrite/directive"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/judge"
	"shellfree/rewrite/proof"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

// manifest is a text with the verdicts on its commands: a file, or what stands in a
// string of another manifest.
type manifest struct {
	text     *reading.Text
	directed bool // it may hold a directive
	verdicts []judge.Verdict
	strings  []*inString // those that may hold a manifest
}

// read reads a text that stands in depth strings. What can't have a finding is not
// read, unless all is asked for.
func (e *Engine) read(src *source.Source, depth int, all bool) *manifest {
	directed := directive.Possible(src.Text)
	return &manifest{text: reading.Of(src, e.reading(depth, all || directed)), directed: directed}
}

// judgeText fills in the verdicts on a text's commands that keep accepts, and on
// those in its strings.
func (e *Engine) judgeText(m *manifest, keep func(*reading.Command) bool) {
	m.verdicts = e.judge.Text(m.text, keep)
	if m.needsAll() {
		return
	}
	for _, r := range m.text.Readings {
		for _, s := range r.Strings {
			m.strings = append(m.strings, e.judgedString(m.text, r, s))
		}
	}
}

// needsAll reports a verdict that needs more of the text than was read.
func (m *manifest) needsAll() bool {
	return slices.ContainsFunc(m.verdicts, func(v judge.Verdict) bool { return v.NeedsAll })
}

// judged reads and judges the text of a string.
func (e *Engine) judged(src *source.Source, depth int) (m *manifest) {
	defer func() {
		if cause := recover(); cause != nil {
			m = stopped(src, cause)
		}
	}()
	m = e.read(src, depth, e.options.ReadAll)
	e.judgeText(m, anyCommand)
	if m.needsAll() {
		m = e.read(src, depth, true)
		e.judgeText(m, anyCommand)
	}
	return m
}

func anyCommand(*reading.Command) bool { return true }

// stopped is a text over which the program made a mistake of its own.
func stopped(src *source.Source, cause any) *manifest {
	return &manifest{text: &reading.Text{Source: src}, verdicts: []judge.Verdict{judge.Stopped(src, cause)}}
}

// reading returns how a text is read.
func (e *Engine) reading(depth int, all bool) reading.Options {
	return reading.Options{Dialects: e.options.Dialects, MayReport: e.MayReport, All: all, Depth: depth}
}

// refuse returns the verdicts of a manifest, and of those in its strings, with
// obstacles in the place of the proposals.
func (m *manifest) refuse(refused func(judge.Verdict) judge.Verdict) {
	for i, v := range m.verdicts {
		if v.Proposal != nil {
			m.verdicts[i] = refused(v)
		}
	}
	for _, s := range m.strings {
		s.refuse(refused)
	}
}

// fixes returns the proposals of a manifest and of its strings, with their edits led
// to the outermost text by outward.
func (m *manifest) fixes(outward func([]source.Edit) []source.Edit) []judge.Fix {
	var all []judge.Fix
	for i := range m.verdicts {
		if v := &m.verdicts[i]; v.Proposal != nil {
			all = append(all, judge.Fix{Verdict: v, Edits: outward(v.Proposal.Edits)})
		}
	}
	for _, s := range m.strings {
		all = append(all, s.fixes(func(edits []source.Edit) []source.Edit { return outward(s.outward(edits)) })...)
	}
	return all
}

// edits returns the edits of all proposals, those of strings led to the text.
func (m *manifest) edits() []source.Edit {
	var all []source.Edit
	for _, f := range m.fixes(func(edits []source.Edit) []source.Edit { return edits }) {
		all = append(all, f.Edits...)
	}
	return all
}

// dropped returns the placeholders of redirections that fall away.
func (m *manifest) dropped() []string {
	var all []string
	for _, v := range m.verdicts {
		if v.Proposal != nil {
			all = append(all, v.Proposal.Dropped...)
		}
	}
	for _, s := range m.strings {
		all = append(all, s.dropped()...)
	}
	return all
}

// prove refuses the proposals that the proof on the text does not bear out, those in
// strings first: the text around one then has to hold it as it is edited.
func (m *manifest) prove() {
	for _, s := range m.strings {
		s.prove()
	}
	proofs := proof.Of(m.text)
	for _, r := range m.text.Readings {
		var proposals []proof.Proposal
		var refuse []func(error)
		for i, v := range m.verdicts {
			if v.Proposal != nil && v.Command.Reading() == r {
				proposals = append(proposals, v.Proof())
				refuse = append(refuse, func(err error) { m.verdicts[i] = v.Failed(err) })
			}
		}
		for _, s := range m.strings {
			if s.reading != r {
				continue
			}
			if p, found := s.proof(); found {
				proposals, refuse = append(proposals, p), append(refuse, s.fail)
			}
		}
		for i, err := range proofs.Text(r, proposals) {
			refuse[i](err)
		}
	}
}

// inString is a manifest in a string of another one.
type inString struct {
	*manifest
	reading.String
	reading *reading.Reading // of the text around it
	outer   *source.Source
}

// judgedString judges the text of a string.
func (e *Engine) judgedString(t *reading.Text, r *reading.Reading, s reading.String) *inString {
	in := &inString{e.judged(source.New(t.Source.Name, s.Text.Bytes), t.Options.Depth+1), s, r, t.Source}
	if !s.Text.Exact {
		in.refuse(func(v judge.Verdict) judge.Verdict { return v.Refused(rule.Unlocatable, in.whyNotExact()) })
	}
	return in
}

// whyNotExact says why there is no fix: only in a literal block the bytes of a
// string are those of its text.
func (s *inString) whyNotExact() string {
	why := "the manifest stands in " + s.Style() + ", whose bytes can't be edited exactly"
	if s.JSON {
		return why + ": keep it in a file of its own, or convert it by hand"
	}
	return why + ": write the string as a literal block (|) and run again, or convert it by hand"
}

// fail refuses the fixes after their proof failed.
func (s *inString) fail(err error) {
	s.refuse(func(v judge.Verdict) judge.Verdict { return v.Failed(err) })
}

// proof returns the fixes as a proposal for the text around the string, false where
// there is none: the string has to hold its text after the text's own edits.
func (s *inString) proof() (proof.Proposal, bool) {
	edits := s.edits()
	if len(edits) == 0 {
		return proof.Proposal{}, false
	}
	text, err := edit.Apply(s.Text.Bytes, edits)
	if err != nil {
		s.fail(err)
		return proof.Proposal{}, false
	}
	return proof.Proposal{
		Edits: s.outward(edits), Dropped: s.dropped(), Strings: []proof.String{{Node: s.Node, Text: text}},
	}, true
}

// outward leads edits of the string to the text around it.
func (s *inString) outward(edits []source.Edit) []source.Edit {
	out := make([]source.Edit, len(edits))
	for i, e := range edits {
		out[i] = s.Text.Edit(e)
	}
	return out
}
