package transforms

import (
	"cmp"
	"path"
	"strconv"
	"strings"

	"shellfree/rewrite/doubt"
	"shellfree/rewrite/invocation"
)

// Runner starts the program through kube-log-runner, which writes its output
// to the file as the shell did (kubernetes/kubernetes
// component-base/logs/kube-log-runner, README.md).
var Runner = Sink{
	Name:   "runner",
	Doc:    "starts the program through the image's log runner, RUNNER --log-file=PATH PROGRAM",
	Says:   "start it through the log runner",
	Front:  "the log runner",
	Flags:  []invocation.Flag{{Name: "log-file"}, {Name: "also-stdout", Bool: true}, {Name: "redirect-stderr", Bool: true}},
	Keep:   planRunner,
	Undo:   undoRunner,
	WayOut: runnerWayOut,
	Safe:   true,
	Doubts: []doubt.About[sinkCase]{appendOrTruncate, runnerInImage, discardedOutput, ownLogFiles},
}

func planRunner(c candidate) plan {
	if why := c.runnerRefusal(); why != "" {
		return refusal(why)
	}
	p := plan{frontWords: c.runnerWords(), notes: runnerNotes(c.inv.Words[0].String())}
	switch {
	case !c.userNamesSink:
		p.refusal = c.imageRefusal()
	case !c.saysRunner() && !c.predatesRunner():
		p.needNotes = []string{"the image must carry " + c.runnerPath()}
	}
	return p
}

// runnerNotes tell of the exit status and signals of a program that the log runner
// starts, and of its output.
func runnerNotes(program string) []string {
	return []string{
		"the log runner starts " + program + ": it exits with 1 for each status of a program that failed, and forwards only the first SIGHUP, SIGINT, SIGTERM or SIGQUIT",
		"the log runner prints the program and its arguments on the container's stderr",
	}
}

// runnerWayOut names the option that takes the user's word for the image.
func runnerWayOut(c candidate) string {
	if c.runnerRefusal() != "" {
		return ""
	}
	return "use --log-sink=runner, or images in .shellfree.yaml, if the image carries a log runner or gets one"
}

// runnerRefusal says which streams the log runner can't separate; "" where it can.
func (c candidate) runnerRefusal() string {
	switch {
	case c.shape == invocation.StderrOnly:
		return "a log runner can't keep stderr alone in a file"
	case c.shape == invocation.Discard && c.inv.Stdout.Kind != invocation.ToNull:
		return "a log runner can't throw stderr alone away"
	}
	return ""
}

// imageRefusal says why the image isn't known to carry a log runner; "" where it
// is, and where its name can't be read.
func (c candidate) imageRefusal() string {
	image, _ := splitImage(c.target.Image)
	switch {
	case c.saysRunner():
		return ""
	case c.configured.Runner.Said:
		return "the configuration says that " + image + " carries no log runner"
	case c.entry == nil || c.entry.Runner == nil:
		return "the image of " + c.name + " is not known to carry a log runner"
	case !c.version.Known():
		return "the version of " + c.name + " isn't known, and its images carry a log runner from " + c.entry.Runner.From.String() + " only"
	case c.predatesRunner():
		return "images of " + c.name + " carry a log runner from " + c.entry.Runner.From.String() + " only"
	case c.hasReadableImage() && !c.isPublishedImage():
		return "the image " + image + " is not known to carry a log runner"
	}
	return ""
}

// saysRunner reports whether the configuration says that the image carries a log
// runner.
func (c candidate) saysRunner() bool { return c.configured.Runner.Said && c.configured.Runner.Yes }

// predatesRunner reports whether published images of the version are known to
// lack a log runner.
func (c candidate) predatesRunner() bool {
	return c.entry != nil && c.entry.Runner != nil && c.version.Before(c.entry.Runner.From)
}

// runnerPath returns where the image carries the log runner: a fact about fewer
// images wins, and the command line over all.
func (c candidate) runnerPath() string {
	own := ""
	if c.entry != nil && c.entry.ownRunner {
		own = c.entry.Runner.Path
	}
	return cmp.Or(c.options.RunnerPath, c.configured.Runner.Path, own, c.options.Configured.RunnerPath, "/go-runner")
}

// runnerWords returns the runner and its flags. Its defaults are
// --also-stdout=false and --redirect-stderr=true.
func (c candidate) runnerWords() []invocation.Word {
	file := c.path
	if c.shape == invocation.Discard {
		file = invocation.Text("/dev/null")
	}
	words := []invocation.Word{invocation.Text(c.runnerPath()), file.With("--log-file=")}
	if c.shape == invocation.TeeBoth || c.shape == invocation.TeeStdout {
		words = append(words, invocation.Text("--also-stdout=true"))
	}
	if c.inv.Stderr.Kind == invocation.ToStderr || c.inv.Stderr.Kind == invocation.ToStdout {
		words = append(words, invocation.Text("--redirect-stderr=false"))
	}
	return words
}

// undoRunner reads the flags of a log runner: they default to no file, no copy to
// stdout, and stderr sent where stdout goes.
func undoRunner(u *Unwound, c candidate) bool {
	at := c.behindRunner(u.Words)
	if at == 0 || at >= len(u.Words) {
		return false
	}
	var file invocation.Word
	tee, both := false, true
	for _, w := range u.Words[1:at] {
		name, value, hasValue := nameOf(w)
		on, err := strconv.ParseBool(value.String())
		on = !hasValue || err == nil && on
		switch name {
		case "log-file":
			file = value
		case "also-stdout":
			tee = on
		case "redirect-stderr":
			both = on
		}
	}
	u.Words = u.Words[at:]
	switch file.String() {
	case "": // its own output, wherever that goes
	case "/dev/null":
		u.Stdout = invocation.Destination{Kind: invocation.ToNull}
	default:
		u.Stdout = invocation.Destination{Kind: invocation.ToFile, Path: file, Append: true, Tee: tee}
	}
	if both {
		u.Stderr = u.Stdout
	}
	return true
}

// behindRunner returns the index of the program that a log runner at the front
// starts, 0 without one.
func (c candidate) behindRunner(words []invocation.Word) int {
	if words[0].Several {
		return 0
	}
	name := words[0].String()
	if w, _ := invocation.WrapperNamed(path.Base(name)); !w.Runner && name != c.runnerPath() {
		return 0
	}
	at := 1
	for ; at < len(words) && strings.HasPrefix(words[at].String(), "-"); at++ {
		if words[at].String() == "--" {
			return at + 1
		}
	}
	return at
}
