package transforms

import (
	"strings"

	"shellfree/rewrite/invocation"
)

// klogReview lists what must be checked before klog's flags are used.
func (s start) klogReview() []string {
	review := s.klogKnowledge()
	if !s.takesMaxSize() {
		review = append(review, s.spell("--log-file-max-size=0")+" is not added, because "+s.title()+
			" is not known to take it: without it klog empties "+s.file+" at 1800 MB")
	}
	switch truncates := s.klogTruncates(); {
	case !truncates:
		review = append(review, s.truncated()...)
	case s.truncated() == nil:
		review = append(review, "klog in "+s.title()+" truncates "+s.file+" at each start, where the shell appended to it (>>)")
	}
	if s.shape == invocation.StdoutOnly || s.shape == invocation.TeeStdout {
		review = append(review, "klog logs on stderr and only stdout went to "+s.file+": that file now gets the whole log, and stdout goes to the container's log")
	}
	for _, placeholder := range severalWords(s.inv.Words[s.flags:]) {
		review = append(review, placeholder+" must not bring log flags such as --logtostderr or --log-file: a later flag wins")
	}
	if s.entry != nil {
		review = append(review, reviewsFor(s.entry.Klog.Remarks, s.version)...)
	}
	return review
}

// klogKnowledge says what isn't known about the program or its version.
func (s start) klogKnowledge() []string {
	switch {
	case s.entry == nil:
		return []string{s.name + " is not in the catalogue: check that it logs with klog and takes --logtostderr and --log-file in this spelling (some want --log_file), else it does not start"}
	case s.version.Known() || !s.entry.Klog.From.Known() && !s.entry.Klog.Until.Known():
		return nil
	}
	text := "the version of " + s.name + " can't be read from its image: check that it takes --log-file, which came with " + s.entry.Klog.From.String()
	if s.entry.Klog.Until.Known() {
		text += " and went with " + minor(s.entry.Klog.Until)
	}
	if s.entry.Core {
		text += ", or give --kubernetes-version"
	}
	return []string{text}
}

// minor writes a version without what follows its minor number.
func minor(v Version) string {
	parts := strings.SplitN(v.String(), ".", 3)
	return strings.Join(parts[:2], ".")
}

// klogTruncates reports whether klog itself empties the file at each start
// (klog before v0.3.0 opens it with os.Create).
func (s start) klogTruncates() bool {
	return s.entry != nil && s.version.Before(s.entry.Klog.TruncatesUntil)
}

// klogNotes lists what differs at run time (k8s.io/klog klog.go and
// klog_file.go, v0.3.0 and later).
func (s start) klogNotes(also bool) []string {
	notes := []string{
		"only what " + s.name + " logs through klog reaches " + s.file + ": panics and direct output go to the container's log",
		"klog writes four header lines into " + s.file + " at each start, and flushes its lines every 5 seconds",
	}
	switch {
	case also:
		notes = append(notes, "the log also goes to the container's stderr")
	case s.fatalOnly(also):
		notes = append(notes, "fatal errors also go to the container's stderr (--stderrthreshold=FATAL)")
	case s.threshold() != "":
		notes = append(notes, s.threshold()+" says what also goes to the container's stderr")
	default:
		notes = append(notes, "errors also go to the container's stderr (--stderrthreshold)")
	}
	if s.entry != nil {
		notes = append(notes, notesFor(s.entry.Klog.Remarks, s.version)...)
	}
	return notes
}

// threshold returns the --stderrthreshold that stands among the words, "" without one.
func (s start) threshold() string {
	for _, f := range flagsOf(s.inv.Words, s.flags) {
		if f.name == "stderrthreshold" {
			return f.text(s.inv.Words)
		}
	}
	return ""
}

// reviewsFor returns the reviews among the remarks about a version.
func reviewsFor(remarks []Remark, v Version) []string {
	var all []string
	for _, r := range remarks {
		if r.Review != "" && v.within(r.From, r.Until) {
			all = append(all, r.Review)
		}
	}
	return all
}

// notesFor returns the notes among the remarks about a version.
func notesFor(remarks []Remark, v Version) []string {
	var all []string
	for _, r := range remarks {
		if r.Note != "" && v.within(r.From, r.Until) {
			all = append(all, r.Note)
		}
	}
	return all
}
