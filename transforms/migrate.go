package transforms

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// removed lists the output flags of klog that Kubernetes' components rejected
// from 1.26.0-alpha.2 on: an unknown flag ends the program (KEP-2845,
// kubernetes/kubernetes#112120).
var removed = []string{
	"add-dir-header", "alsologtostderr", "log-backtrace-at", "log-dir", "log-file", "log-file-max-size",
	"logtostderr", "one-output", "skip-headers", "skip-log-headers", "stderrthreshold",
}

// Migrate finds exec-form commands whose klog flags their program rejects
// (SF401) or ignores (SF402). It implements invocation.Migrator.
func (v *Converter) Migrate(t invocation.Target, words []invocation.Word) (invocation.Migration, bool) {
	m, found := v.migration(t, words)
	switch {
	case !found:
		return invocation.Migration{}, false
	case m.rejects():
		return m.removed(), true
	}
	return m.noEffect()
}

// migration looks for flags that removed lists; it reports false without one.
func (v *Converter) migration(t invocation.Target, words []invocation.Word) (migration, bool) {
	at, under := behindRunner(words)
	if at >= len(words) || words[at].Several {
		return migration{}, false
	}
	s := v.start(t, invocation.Invocation{
		Words: words[at:], Stderr: invocation.Destination{Kind: invocation.ToStderr}, Exec: true,
	})
	if s.entry == nil || s.entry.Klog == nil || s.flags < 0 {
		return migration{}, false
	}
	flags := slices.DeleteFunc(flagsOf(s.inv.Words, s.flags), func(f flag) bool { return !slices.Contains(removed, f.name) })
	return migration{start: s, flags: flags, at: at, under: under, converter: v}, len(flags) > 0
}

// rejects reports whether the program is known to reject klog's output flags.
func (s start) rejects() bool {
	return s.entry != nil && s.entry.Klog != nil && s.version.Known() && s.entry.Klog.Until.Known() && !s.version.Before(s.entry.Klog.Until)
}

// dropRejected takes the flags that the program rejects out of an array that a
// shell command became, as Migrate does for one that was there before: else the
// exec form would end at its start, and a second run would change it again.
func (v *Converter) dropRejected(t invocation.Target, conv *invocation.Conversion) {
	m, found := v.migration(t, conv.Argv)
	if !found || !m.rejects() {
		return
	}
	out := m.removed()
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
	conv.Sink = cmp.Or(out.Sink, conv.Sink)
	conv.Review = distinct(conv.Review, out.Review)
	conv.Notes = distinct(conv.Notes, []string{m.dropped()}, out.Notes)
}

// behindRunner returns the index of the program that a log runner at the front
// starts, 0 without one. The runner's own --log-file is none of klog's.
func behindRunner(words []invocation.Word) (at int, under bool) {
	if len(words) == 0 || words[0].Several {
		return 0, false
	}
	if w, _ := invocation.WrapperNamed(path.Base(words[0].String())); !w.Runner {
		return 0, false
	}
	for at = 1; at < len(words) && strings.HasPrefix(words[at].String(), "-"); at++ {
		if words[at].String() == "--" {
			return at + 1, true
		}
	}
	return at, true
}

// migration is one command whose klog flags are judged.
type migration struct {
	start
	flags     []flag
	at        int  // where the program's words begin in the array
	under     bool // a log runner already starts the program
	converter *Converter
}

// set returns the last value of a flag, which is the one that counts.
func (m migration) set(name string) (flag, bool) {
	for _, f := range slices.Backward(m.flags) {
		if f.name == name {
			return f, true
		}
	}
	return flag{}, false
}

func (m migration) on(name string) bool {
	f, ok := m.set(name)
	return ok && f.isTrue()
}

func (m migration) off(name string) bool {
	f, ok := m.set(name)
	return ok && f.isFalse()
}

func (m migration) dropped() string {
	is, it := " is", " it"
	if len(m.flags) > 1 {
		is, it = " are", " them"
	}
	return m.texts() + is + " dropped, because " + m.title() + " rejects" + it + " and would not start"
}

func (m migration) texts() string {
	var all []string
	for _, f := range m.flags {
		all = append(all, f.text(m.inv.Words))
	}
	return strings.Join(all, ", ")
}

// removed makes the SF401 finding, with the runner form where it is right.
func (m migration) removed() invocation.Migration {
	out := invocation.Migration{
		Rule: rule.KlogRemoved, Program: m.name, Version: m.version.String(), At: m.at,
		Message: m.title() + " rejects " + m.texts() + " and does not start: ",
	}
	why := m.keep(&out)
	if why != "" {
		out.Message += why
		return out
	}
	out.Fixed = true
	for _, f := range m.flags {
		for i := f.at; i < f.end; i++ {
			out.Drop = append(out.Drop, m.at+i)
		}
	}
	if out.Sink == Runner.Name {
		out.Message += "let the log runner write the file"
	} else {
		out.Message += "drop what it rejects"
	}
	return out
}

// keep decides where the log goes on; it says why that can't be told.
func (m migration) keep(out *invocation.Migration) string {
	for _, f := range m.flags {
		if why := m.undroppable(f); why != "" {
			return why + ": write it out"
		}
	}
	for _, p := range severalWords(m.inv.Words) {
		out.Review = append(out.Review, p+" must not bring any of these flags either")
	}
	file, toFile := m.set("log-file")
	switch dir, split := m.set("log-dir"); {
	case m.under && m.off("logtostderr") && (toFile || split):
		out.Review = append(out.Review, "klog wrote files of its own, now its log goes through the log runner: check what reads them")
	case m.under:
		out.Notes = append(out.Notes, "the log runner already keeps the output")
	case m.off("logtostderr") && toFile:
		return m.run(out, file)
	case m.off("logtostderr") && split:
		return "klog wrote its files into " + dir.value.String() + ", and a log runner writes one file: name it with the runner's --log-file"
	case m.off("logtostderr"):
		out.Review = append(out.Review, "klog wrote its files into the temporary folder, now the log goes to the container's stderr")
	case toFile:
		out.Notes = append(out.Notes, file.text(m.inv.Words)+" had no effect without --logtostderr=false: the log goes to the container's stderr as before")
	}
	return ""
}

// run puts the log runner in front.
func (m migration) run(out *invocation.Migration, file flag) string {
	s := m.start
	s.file, s.path, s.shape = file.value.String(), file.value, invocation.BothToFile
	if m.on("alsologtostderr") {
		s.shape = invocation.TeeBoth
		out.Notes = append(out.Notes, "the log also went to the container's stderr, now it also goes to its stdout")
	}
	var res result
	if asked := m.converter.sink; asked != nil && asked.Name == Runner.Name {
		s.doubtRunner(&res)
	} else if why := s.imageCarries(&res); why != "" {
		return why + ": " + "use --log-sink=runner if it does, or drop the flags where the cluster collects container logs"
	}
	out.Sink, out.Front = Runner.Name, s.runnerWords()
	// The runner keeps all of the program's output, so stderr stays with stdout.
	out.Front = slices.DeleteFunc(out.Front, func(w invocation.Word) bool { return w.String() == "--redirect-stderr=false" })
	out.Review = append(out.Review, res.review...)
	out.Notes = append(out.Notes, res.notes...)
	out.Notes = append(out.Notes, s.file+" now gets all that "+m.name+" prints, not just what it logs through klog", runnerStatus(m.inv.Words[0].String()), runnerPrints)
	return ""
}

// noEffect makes the SF402 finding: klog writes a file only with
// --logtostderr=false (klog#54, klog#60). klog 0.1.0 of Kubernetes 1.13 had
// false as its default. What a placeholder brings nobody knows.
func (m migration) noEffect() (invocation.Migration, bool) {
	file, found := m.set("log-file")
	if !found {
		file, found = m.set("log-dir")
	}
	switch {
	case !found || m.off("logtostderr") || m.version.Before(m.entry.Klog.TruncatesUntil) || m.version.Before(m.entry.Klog.From):
		return invocation.Migration{}, false
	case slices.ContainsFunc(m.inv.Words, onlyPlaceholder):
		return invocation.Migration{}, false
	}
	return invocation.Migration{
		Rule: rule.KlogNoEffect, Program: m.name, Version: m.version.String(),
		Message: file.text(m.inv.Words) + " has no effect, since klog writes files only with --logtostderr=false: add that, or drop the flag",
	}, true
}

// onlyPlaceholder reports a word that may be any flag.
func onlyPlaceholder(w invocation.Word) bool {
	return len(w.Parts) > 0 && w.Parts[0].Kind != invocation.Literal
}
