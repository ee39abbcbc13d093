package transforms

import (
	"fmt"
	"slices"
	"strings"

	"shellfree/internal/suggestion"
	"shellfree/rewrite/invocation"
)

// Sink is one way to keep a program's log where a shell's redirection kept it.
type Sink struct {
	Name string // as --log-sink takes it
	Doc  string // one sentence: what it does
	// OnlyAsked is set for a sink that is never chosen unasked.
	OnlyAsked bool
	// keep writes the words of the exec form, or refuses.
	keep func(start) result
}

// Sinks returns the log sinks, in the order in which auto tries them.
func Sinks() []Sink { return []Sink{Klog, Runner, Native, Stdout} }

// start is an invocation with what is known about its program and its place.
type start struct {
	located
	target  invocation.Target
	inv     invocation.Invocation
	shape   invocation.Redirection
	file    string // the redirection's file as a person reads it, "" if none
	path    invocation.Word
	version Version
	runner  string // path of the log runner
	said    Image  // what the configuration says about the image
	fatal   bool   // errors are kept from the container's stderr
	asked   bool   // the user named the sink
}

// result is what one sink makes of a start.
type result struct {
	words         []invocation.Word // without the wrapper
	review, notes []string
	refusal       string // why the sink isn't right; "" where it is
}

func refused(parts ...string) result { return result{refusal: strings.Join(parts, "")} }

// title names the program with its version, for messages.
func (s start) title() string {
	if s.version.Known() {
		return s.name + " " + s.version.String()
	}
	return s.name
}

// truncated is the review sentence for > with a sink that appends.
func (s start) truncated() []string {
	if d, ok := s.inv.File(); !ok || d.Append {
		return nil
	}
	return []string{s.file + " was truncated at each start, now it is appended to"}
}

// crossed is the review sentence for a stream that is not in the file and went
// to the container's other stream, as stderr of `2>&1 >>F`. No sink does that.
func (s start) crossed() []string {
	switch {
	case s.shape == invocation.Merge:
		return nil
	case s.inv.Stderr.Kind == invocation.ToStdout:
		return []string{"stderr went to the container's stdout (2>&1 before the other redirection), now it goes to the container's stderr"}
	case s.inv.Stdout.Kind == invocation.ToStderr:
		return []string{"stdout went to the container's stderr (1>&2), now it goes to the container's stdout"}
	}
	return nil
}

// Options chooses among the log sinks.
type Options struct {
	// Sink is auto, klog, runner, native or stdout; "" is auto.
	Sink string
	// RunnerPath is where images carry the log runner; "" is /go-runner.
	RunnerPath string
	// KubernetesVersion is the version of core components (1.25) and wins over
	// image tags; "" leaves it to them.
	KubernetesVersion string
	// Configured is what a configuration says beside.
	Configured Configured
}

// Configured is what a configuration says about images and versions. The
// command line's options win over it.
type Configured struct {
	// RunnerPath is where images carry the log runner, "" where not said.
	RunnerPath string
	// KubernetesVersion is the version of core components whose tag says none.
	KubernetesVersion Version
	// FatalOnly adds klog's --stderrthreshold=FATAL, which keeps errors from
	// the container's stderr.
	FatalOnly bool
	Images    []Image // the first that matches counts
}

// Converter turns invocations into exec form. It implements
// [invocation.Converter].
type Converter struct {
	catalogue  *Catalogue
	sink       *Sink  // nil for auto
	runner     string // "" where the command line says none
	kubernetes Version
	configured Configured
}

// New returns a converter. A sink that doesn't exist, and a version that can't
// be read, are errors.
func New(c *Catalogue, o Options) (*Converter, error) {
	v := &Converter{catalogue: c, runner: o.RunnerPath, configured: o.Configured}
	for _, i := range o.Configured.Images {
		if err := i.check(c); err != nil {
			return nil, err
		}
	}
	if o.KubernetesVersion != "" {
		version, err := ParseVersion(o.KubernetesVersion)
		if err != nil {
			return nil, fmt.Errorf("--kubernetes-version: %w", err)
		}
		v.kubernetes = version
	}
	if o.Sink == "" || o.Sink == "auto" {
		return v, nil
	}
	names := []string{"auto"}
	for _, s := range Sinks() {
		if s.Name == o.Sink {
			v.sink = &s
			return v, nil
		}
		names = append(names, s.Name)
	}
	return nil, fmt.Errorf("unknown log sink %q: %s", o.Sink, suggestion.For(o.Sink, names))
}

// Convert returns the exec form of an invocation, or the obstacle to it.
func (v *Converter) Convert(t invocation.Target, inv invocation.Invocation) invocation.Conversion {
	s := v.start(t, inv)
	sink, res := v.choose(s)
	conv := invocation.Conversion{Program: s.name, Version: s.version.String()}
	if res.refusal != "" {
		conv.Obstacle = res.refusal
		return conv
	}
	conv.Sink = sink
	conv.Argv = slices.Concat(inv.Wrapper, res.words)
	conv.Review = distinct(inv.Review, res.review, s.crossed(), s.remarks(reviewsFor))
	conv.Notes = distinct(inv.Notes, s.firstProcess(sink), res.notes, s.remarks(notesFor), s.baseImage())
	if t.Output {
		v.dropRejected(t, &conv)
	}
	return conv
}

// choose decides between no sink, the one asked for, and the first that fits.
func (v *Converter) choose(s start) (sink string, res result) {
	toFile := s.shape != invocation.None && s.shape != invocation.Merge && s.shape != invocation.Discard
	switch {
	case s.shape == invocation.None:
		return "", result{words: s.inv.Words}
	case s.shape == invocation.Merge:
		return "", result{words: s.inv.Words, review: []string{"the shell merged stdout and stderr, now the program writes each to its own stream"}}
	case s.shape == invocation.Mixed:
		return "", refused("stdout and stderr go to two places and a log sink has one: send both to one file")
	case !s.target.Output && toFile:
		return "", refused("a probe or hook has no log sink and its output goes to ", s.file, ": drop the redirection, or let the program write the file itself")
	case !s.target.Output:
		return "", result{words: s.inv.Words, review: []string{"the redirection to /dev/null is dropped: check that the command prints nothing secret, since a failing probe or hook shows its output in an event"}}
	case v.sink != nil:
		return v.sink.Name, v.sink.askedFor(s)
	}
	return auto(s)
}

// askedFor applies the sink that the user named.
func (k Sink) askedFor(s start) result {
	res := k.keep(s)
	if res.refusal != "" {
		res.refusal = "--log-sink=" + k.Name + " is not right for " + s.title() + ", " + res.refusal + ": " + s.waysOut(k.Name)
	}
	return res
}

// auto applies the first sink that is right.
func auto(s start) (string, result) {
	var reasons []string
	for _, k := range Sinks() {
		if k.OnlyAsked {
			continue
		}
		res := k.keep(s)
		if res.refusal == "" {
			return k.Name, res
		}
		reasons = append(reasons, k.Name+" ("+res.refusal+")")
	}
	return "", refused("no log sink is right for ", s.title(), ": not ", strings.Join(reasons, ", not "), ": ", s.waysOut("auto"))
}

// waysOut names the options that would give an exec form.
func (s start) waysOut(tried string) string {
	var ways []string
	if tried != "auto" {
		s.asked = false
		if name, res := auto(s); res.refusal == "" {
			ways = append(ways, "use --log-sink=auto, which takes "+name)
		}
	}
	if s.runnerCan() == "" && tried != Runner.Name {
		ways = append(ways, "use --log-sink=runner, or images in .shellfree.yaml, if the image carries a log runner or gets one")
	}
	return strings.Join(append(ways, "use --log-sink=stdout where the cluster collects container logs"), ", or ")
}

// firstProcess notes that the program takes the shell's place.
func (s start) firstProcess(sink string) []string {
	if s.inv.Exec || !s.target.Output || len(s.inv.Wrapper) > 0 || sink == Runner.Name {
		return nil
	}
	return []string{s.inv.Words[0].String() + " is now the container's first process (PID 1) in place of the shell, and gets its signals itself"}
}

// distinct joins lists without repeating a sentence.
func distinct(lists ...[]string) []string {
	var all []string
	for _, s := range slices.Concat(lists...) {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}
