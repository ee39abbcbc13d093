package transforms

import "shellfree/rewrite/invocation"

// Runner starts the program through kube-log-runner, which writes its output
// to the file as the shell did (kubernetes/kubernetes
// component-base/logs/kube-log-runner, README.md).
var Runner = Sink{
	Name: "runner",
	Doc:  "starts the program through the image's log runner, RUNNER --log-file=PATH PROGRAM",
	keep: keepRunner,
}

func keepRunner(s start) result {
	if why := s.runnerCan(); why != "" {
		return refused(why)
	}
	res := result{review: s.truncated()}
	if s.asked {
		s.doubtRunner(&res)
	} else if why := s.imageCarries(&res); why != "" {
		return refused(why)
	}
	res.words = append(s.runnerWords(), s.inv.Words...)
	s.runnerStreams(&res)
	for _, f := range flagsOf(s.inv.Words, max(s.flags, 1)) {
		if !s.rejects() && (f.name == "log-file" || f.name == "logtostderr" && !f.isTrue()) {
			res.review = append(res.review, f.text(s.inv.Words)+" is left as it is: what the program writes to a file of its own does not pass through the log runner")
		}
	}
	res.notes = append(res.notes, runnerStatus(s.inv.Words[0].String()),
		runnerPrints)
	return res
}

// runnerPrints is the note on what the log runner says itself.
const runnerPrints = "the log runner prints the program and its arguments on the container's stderr"

// runnerStatus is the note on exit status and signals of a program that the
// log runner starts.
func runnerStatus(program string) string {
	return "the log runner starts " + program + ": it exits with 1 whatever the status of a program that failed, and forwards only the first SIGHUP, SIGINT, SIGTERM or SIGQUIT"
}

// runnerCan says which streams the log runner can't separate; "" where it can.
func (s start) runnerCan() string {
	switch {
	case s.shape == invocation.StderrOnly:
		return "a log runner can't keep stderr alone in a file"
	case s.shape == invocation.Discard && s.inv.Stdout.Kind != invocation.ToNull:
		return "a log runner can't throw stderr alone away"
	}
	return ""
}

// imageCarries says why the image isn't known to carry a log runner; "" where
// it is. An image that can't be read leaves a review.
func (s start) imageCarries(res *result) string {
	image, _ := splitImage(s.target.Image)
	readable := s.readableImage()
	switch {
	case s.said.Runner.Said && s.said.Runner.Yes:
		return ""
	case s.said.Runner.Said:
		return "the configuration says that " + image + " carries no log runner"
	case s.entry == nil || s.entry.Runner == nil:
		return "the image of " + s.name + " is not known to carry a log runner"
	case !s.version.Known():
		return "the version of " + s.name + " isn't known, and its images carry a log runner from " + s.entry.Runner.From.String() + " only"
	case s.version.Before(s.entry.Runner.From):
		return "images of " + s.name + " carry a log runner from " + s.entry.Runner.From.String() + " only"
	case readable && !matches(s.entry.Images, image):
		return "the image " + image + " is not known to carry a log runner"
	case !readable:
		res.review = append(res.review, "check that the image carries "+s.runner+", as the published images of "+s.name+" do")
	}
	return ""
}

// doubtRunner says what speaks against a log runner that the user asked for:
// it is their word that the image carries one.
func (s start) doubtRunner(res *result) {
	if s.said.Runner.Said && s.said.Runner.Yes {
		return
	}
	if s.entry != nil && s.entry.Runner != nil && s.version.Before(s.entry.Runner.From) {
		res.review = append(res.review, "published images of "+s.name+" carry a log runner from "+s.entry.Runner.From.String()+" only: check that this one has "+s.runner)
		return
	}
	res.notes = append(res.notes, "the image must carry "+s.runner)
}

// runnerWords returns the runner and its flags. Its defaults are
// --also-stdout=false and --redirect-stderr=true.
func (s start) runnerWords() []invocation.Word {
	file := s.path
	if s.shape == invocation.Discard {
		file = invocation.Text("/dev/null")
	}
	words := []invocation.Word{invocation.Text(s.runner), file.With("--log-file=")}
	if s.shape == invocation.TeeBoth || s.shape == invocation.TeeStdout {
		words = append(words, invocation.Text("--also-stdout=true"))
	}
	if s.stderrKept() {
		words = append(words, invocation.Text("--redirect-stderr=false"))
	}
	return words
}

// stderrKept reports whether stderr reaches the container as it is.
func (s start) stderrKept() bool {
	return s.inv.Stderr.Kind == invocation.ToStderr || s.inv.Stderr.Kind == invocation.ToStdout
}

// runnerStreams says what happens to the streams beside the file.
func (s start) runnerStreams(res *result) {
	if s.shape == invocation.Discard {
		res.review = append(res.review, "the output is still thrown away, by the log runner: check that nobody needs it")
	}
}
