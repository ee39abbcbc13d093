package transforms

import (
	"slices"

	"shellfree/rewrite/doubt"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// migration is one command whose klog flags are judged.
type migration struct {
	candidate          // of the program, without what starts it
	flags     flagList // klog's flags among its words
	at        int      // where the program's words begin in the array
	front     string   // the sink's program that starts it, as sentences call it; "" without one
	converter *Converter
}

// Migrate finds exec-form commands whose klog flags their program rejects
// (SF401) or ignores (SF402). It implements invocation.Migrator.
func (v *Converter) Migrate(t invocation.Target, words []invocation.Word) (invocation.Migration, bool) {
	m, found := v.migration(t, words)
	switch {
	case !found:
		return invocation.Migration{}, false
	case m.rejectsKlogFlags():
		return m.withoutFlags(), true
	}
	return m.ineffective()
}

// MigratedFlags implements invocation.Migrator.
func (v *Converter) MigratedFlags() []invocation.Flag { return klogFlags }

// migration looks for klog's flags; it reports false without one. A sink's own
// program in front is known by its name alone, and its flags are none of klog's.
func (v *Converter) migration(t invocation.Target, words []invocation.Word) (migration, bool) {
	u := Unwound{Words: words}
	front := u.undoFront(candidate{inv: invocation.Invocation{Words: words}})
	if len(u.Words) == 0 || u.Words[0].Several {
		return migration{}, false
	}
	c := v.candidate(t, invocation.Invocation{
		Words: u.Words, Stderr: invocation.Destination{Kind: invocation.ToStderr}, Exec: true,
	})
	if c.entry == nil || c.entry.Klog == nil || c.flagsAt < 0 {
		return migration{}, false
	}
	m := migration{candidate: c, flags: c.logFlags().withNames(klogFlags), at: len(words) - len(u.Words), front: front, converter: v}
	return m, len(m.flags) > 0
}

// dropRejected takes the flags that the program rejects out of an array that a
// shell command became, as Migrate does for one that was there before: else the
// exec form would end at its start, and a second run would change it again.
func (v *Converter) dropRejected(t invocation.Target, conv *invocation.Conversion) {
	m, found := v.migration(t, conv.Argv)
	if !found || !m.rejectsKlogFlags() {
		return
	}
	out := m.withoutFlags()
	if !out.Fixed {
		*conv = invocation.Conversion{Program: conv.Program, Version: conv.Version, Obstacle: out.Message}
		return
	}
	var words []invocation.Word
	for i, w := range conv.Argv {
		if i == out.At {
			words = append(words, out.Front...)
		}
		if !slices.Contains(out.Drop, i) {
			words = append(words, w)
		}
	}
	conv.Argv = words
	if out.Sink.Name != "" {
		conv.Sink = out.Sink
	}
	conv.Review, conv.Evidence = withoutRepeats(conv.Review, out.Review), withoutRepeats(conv.Evidence, out.Evidence)
	conv.Notes = withoutRepeats(conv.Notes, []string{m.droppedNote()}, out.Notes)
}

func (m migration) droppedNote() string {
	is, it := " is", " it"
	if len(m.flags) > 1 {
		is, it = " are", " them"
	}
	return m.flags.texts(m.inv.Words) + is + " dropped, because " + m.title() + " rejects" + it + " and would not start"
}

// withoutFlags makes the SF401 finding, with the array where it is known.
func (m migration) withoutFlags() invocation.Migration {
	refused := invocation.Migration{
		Rule: rule.KlogRemoved, Program: m.name, Version: m.version.String(), At: m.at,
		Message: m.title() + " rejects " + m.flags.texts(m.inv.Words) + " and does not start: ",
	}
	out := refused
	verdict := doubt.Ask(migrationDoubts, m)
	out.Review, out.Evidence = verdict.Reviews, verdict.Evidence
	if why := m.moveLog(&out); why != "" {
		refused.Message += why
		return refused
	}
	out.Fixed = true
	for _, f := range m.flags {
		for i := f.at; i < f.end; i++ {
			out.Drop = append(out.Drop, m.at+i)
		}
	}
	return out
}

// moveLog decides where the log goes on; it says why that can't be told.
func (m migration) moveLog(out *invocation.Migration) string {
	for _, f := range m.flags {
		if why := m.whyFixed(f); why != "" {
			return why + ": write it out"
		}
	}
	file, hasFile := m.flags.lastNamed("log-file")
	dir, hasDir := m.flags.lastNamed("log-dir")
	toFiles := m.flags.isOff("logtostderr")
	switch {
	case m.front == "" && toFiles && hasFile:
		return m.startThroughFront(out, file)
	case m.front == "" && toFiles && hasDir:
		return "klog wrote its files into " + dir.value.String() + ", and a log runner writes one file: name it with the runner's --log-file"
	case m.front != "" && !(toFiles && (hasFile || hasDir)):
		out.Notes = append(out.Notes, m.front+" already keeps the output")
	case m.front == "" && !toFiles && hasFile:
		out.Notes = append(out.Notes, file.text(m.inv.Words)+" had no effect without --logtostderr=false: the log goes to the container's stderr as before")
	}
	out.Message += "drop what it rejects"
	return ""
}

// startThroughFront lets a sink's own program write the file that klog wrote. It
// keeps all of the program's output, so stdout goes with klog's stderr.
func (m migration) startThroughFront(out *invocation.Migration, file flag) string {
	d := invocation.Destination{Kind: invocation.ToFile, Path: file.value, Append: true, Tee: m.flags.isOn("alsologtostderr")}
	inv := m.inv
	inv.Stdout, inv.Stderr = d, d
	c := m.converter.candidate(m.target, inv)
	k, named := m.converter.frontSink()
	c.userNamesSink = named
	p := k.Keep(c)
	if p.refusal != "" {
		return p.refusal + ": use --log-sink=" + k.Name + " if it does, or drop the flags where the cluster collects container logs"
	}
	verdict := doubt.Ask(k.Doubts, sinkCase{c, p})
	if verdict.Obstacle != nil {
		return verdict.Obstacle.Message
	}
	if d.Tee {
		out.Notes = append(out.Notes, "the log also went to the container's stderr, now it also goes to its stdout")
	}
	out.Message += "let " + k.Front + " write the file"
	out.Sink, out.Front = m.converter.forEngine(k, p), p.frontWords
	out.Review, out.Evidence = append(out.Review, verdict.Reviews...), append(out.Evidence, verdict.Evidence...)
	out.Notes = append(out.Notes, p.needNotes...)
	out.Notes = append(out.Notes, c.file+" now gets all that "+m.name+" prints, not just what it logs through klog")
	out.Notes = append(out.Notes, p.notes...)
	return ""
}

// frontSink returns the sink with a program of its own that the user named, or
// the first there is.
func (v *Converter) frontSink() (sink Sink, named bool) {
	if v.sink != nil && v.sink.Front != "" {
		return *v.sink, true
	}
	sinks := Sinks()
	return sinks[slices.IndexFunc(sinks, func(k Sink) bool { return k.Front != "" })], false
}

// ineffective makes the SF402 finding: klog writes a file only with
// --logtostderr=false (klog#54, klog#60). klog 0.1.0 of Kubernetes 1.13 had
// false as its default. A placeholder may bring that flag.
func (m migration) ineffective() (invocation.Migration, bool) {
	file, found := m.flags.lastNamed("log-file")
	if !found {
		file, found = m.flags.lastNamed("log-dir")
	}
	switch {
	case !found || m.flags.isOff("logtostderr") || m.version.Before(m.entry.Klog.TruncatesUntil) || m.version.Before(m.entry.Klog.From):
		return invocation.Migration{}, false
	case slices.ContainsFunc(m.inv.Words, mayBeAnyFlag):
		return invocation.Migration{}, false
	}
	return invocation.Migration{
		Rule: rule.KlogNoEffect, Program: m.name, Version: m.version.String(),
		Message: file.text(m.inv.Words) + " has no effect, since klog writes files only with --logtostderr=false: add that, or drop the flag",
	}, true
}

// mayBeAnyFlag reports a word that begins with a variable or a placeholder.
func mayBeAnyFlag(w invocation.Word) bool {
	return len(w.Parts) > 0 && w.Parts[0].Kind != invocation.Literal
}
