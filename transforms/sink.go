package transforms

import (
	"slices"
	"strings"

	"shellfree/rewrite/doubt"
	"shellfree/rewrite/invocation"
)

// Sink is one way to keep a program's log where a shell's redirection kept it.
type Sink struct {
	Name string // as --log-sink takes it
	Doc  string // one sentence: what it does
	// Says is the end of a fix's message: start it through the log runner.
	Says string
	// OnlyAsked is set for a sink that is never chosen unasked.
	OnlyAsked bool
	// Flags are those that the sink adds, changes or removes, but for the
	// catalogue's own flags of programs.
	Flags []invocation.Flag
	// Front is set for a sink that starts the program through one of its own, to
	// that program's name in sentences (the log runner).
	Front string
	// NoFile is set where the log leaves its file for the container's output. It
	// is said here, and not taken from the words, so that the proof refuses a
	// sink that loses the file by mistake.
	NoFile bool
	// Keep plans the words of the exec form, or refuses.
	Keep func(candidate) plan
	// Undo takes the words that Keep adds off and sets where the output goes. It
	// reports whether the sink keeps the output. It is nil for a sink that adds
	// nothing. The candidate has the words as they were before the first sink
	// without a Front was undone.
	Undo func(*Unwound, candidate) bool
	// WayOut names the option that would give an exec form with this sink where
	// none is right unasked; "" where no option would. It may be nil.
	WayOut func(candidate) string
	// Safe is the claim that a fix needs no person when no doubt is left.
	Safe bool
	// Doubts are the sink's own reasons why a fix may not do what the command did.
	Doubts []doubt.About[sinkCase]
}

// Sinks returns the log sinks, in the order in which auto tries them.
func Sinks() []Sink { return []Sink{Klog, Runner, Native, Stdout} }

// plan is how a sink changes the words of a candidate, or why it doesn't.
type plan struct {
	refusal string // why the sink isn't right; "" where it is
	// secondBest is set where the sink keeps another part of the output than the
	// shell did, so that auto prefers any later sink that is right.
	secondBest bool
	frontWords []invocation.Word // the sink's own program with its words
	addedFlags []invocation.Word // they stand before the program's own
	// droppedFlags are flags of the program that go.
	droppedFlags flagList
	// truncatingProgram empties the file at each start; "" where the file is
	// appended to. truncatingUnknown is set where that can't be told.
	truncatingProgram string
	truncatingUnknown bool
	needNotes         []string // what the image must have
	notes             []string // what else differs at run time
}

// refusal is the plan of a sink that isn't right.
func refusal(parts ...string) plan { return plan{refusal: strings.Join(parts, "")} }

// words returns the words of the exec form, without the wrapper.
func (p plan) words(c candidate) []invocation.Word {
	words := c.inv.Words
	if len(p.addedFlags)+len(p.droppedFlags) > 0 {
		words = insertFlags(words, c.flagsAt, p.addedFlags, p.droppedFlags)
	}
	return slices.Concat(p.frontWords, words)
}

// sinkCase is the subject of a sink's doubts: a candidate and the sink's plan.
type sinkCase struct {
	candidate
	plan plan
}

// forEngine returns what the engine needs to know of a sink and its plan.
func (v *Converter) forEngine(k Sink, p plan) invocation.Sink {
	if k.Name == "" {
		return invocation.Sink{}
	}
	s := invocation.Sink{Name: k.Name, Says: k.Says, Front: k.Front != "", NoFile: k.NoFile, Safe: k.Safe}
	for _, w := range p.addedFlags {
		name, _, _ := nameOf(w)
		if !slices.ContainsFunc(v.logFlags, func(f invocation.Flag) bool { return f.Name == name }) {
			s.Flags = append(s.Flags, name)
		}
	}
	return s
}

// LogFlags returns the flags of all log sinks, with the own flags of the built-in
// catalogue's programs. Those that a configuration adds count for their program
// only ([invocation.Sink]).
func (v *Converter) LogFlags() []invocation.Flag { return v.logFlags }

// allFlags returns the flags of some sinks and of the catalogue's programs, each
// once.
func allFlags(c *Catalogue, sinks []Sink) []invocation.Flag {
	all := c.nativeFlags()
	for _, k := range sinks {
		all = append(all, k.Flags...)
	}
	return withoutRepeats(all)
}
