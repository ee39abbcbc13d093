package transforms

import (
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
)

// planKlog reconciles klog's flags with those that stand there already: none is
// given twice, none contradicts another.
func planKlog(c candidate) plan {
	if why := c.klogRefusal(); why != "" {
		return refusal(why)
	}
	p := plan{
		secondBest:        c.keepsOnlyStdout(), // klog logs on stderr
		truncatingUnknown: c.entry == nil || c.entry.Klog.TruncatesUntil.Known() && !c.version.Known(),
	}
	if c.truncatesKlogFile() {
		p.truncatingProgram = "klog in " + c.title()
	}
	also := c.shape == invocation.TeeBoth || c.shape == invocation.TeeStdout // to stderr
	for _, f := range c.logFlags() {
		if f.name == "logging-format" && f.value.String() != "text" {
			return refusal(f.text(c.inv.Words), " takes none of klog's flags")
		}
		if !c.contradictsKlog(f) {
			continue
		}
		if why := c.whyFixed(f); why != "" {
			return refusal(why)
		}
		p.droppedFlags = append(p.droppedFlags, f)
		if f.name == "alsologtostderr" && f.isTrue() && c.shape == invocation.StdoutOnly {
			also = true
			continue
		}
		p.notes = append(p.notes, c.droppedFlagNotes(f, also)...)
	}
	p.addedFlags = c.addedKlogFlags(also)
	p.notes = append(p.notes, c.klogNotes(also)...)
	return p
}

// keepsOnlyStdout reports whether the shell sent stdout to the file and stderr to
// the container.
func (c candidate) keepsOnlyStdout() bool {
	return c.shape == invocation.StdoutOnly || c.shape == invocation.TeeStdout
}

// contradictsKlog reports whether a flag says what the added flags say.
func (c candidate) contradictsKlog(f flag) bool {
	switch f.name {
	case "logtostderr", "alsologtostderr", "log-dir", "log-file":
		return true
	case "log-file-max-size":
		return c.takesMaxSize()
	}
	return false
}

// droppedFlagNotes says why a flag goes, unless a review says it.
func (c candidate) droppedFlagNotes(f flag, also bool) []string {
	text := f.text(c.inv.Words)
	switch {
	case f.name == "alsologtostderr" && f.isTrue() && !also:
		return []string{text + " is dropped, because the shell sent the program's stderr to " + c.file + " too and the container's log was empty"}
	case c.replacedFlagReview(f) == "" && f.name != "log-file" && !f.isFalse():
		return []string{text + " is dropped or replaced, because klog now writes to " + c.file}
	}
	return nil
}

// replacedFlagReview says what must be checked because a flag goes; "" for
// nothing.
func (c candidate) replacedFlagReview(f flag) string {
	text := f.text(c.inv.Words)
	switch {
	case f.name == "logtostderr" && !f.isTrue() && !f.isFalse():
		return text + " is replaced by " + c.spellFlag("--logtostderr=false") + ": check what it stood for"
	case f.name == "log-file" && f.value.String() != c.file:
		return text + " is replaced: the program's log goes to " + c.file + " only"
	case f.name == "log-dir" && c.loggedToFiles():
		return text + " is dropped: the files that klog wrote there are no longer written"
	}
	return ""
}

// loggedToFiles reports whether the log went to files of klog's own before.
func (c candidate) loggedToFiles() bool {
	return slices.ContainsFunc(c.logFlags(), func(f flag) bool { return f.name == "logtostderr" && f.isFalse() })
}

// addedKlogFlags returns the flags to add, always in the same order; also says
// that the log goes to stderr too.
func (c candidate) addedKlogFlags(also bool) []invocation.Word {
	flags := []invocation.Word{
		invocation.Text(c.spellFlag("--logtostderr=false")),
		c.path.With(c.spellFlag("--log-file=")),
	}
	if c.takesMaxSize() {
		flags = append(flags, invocation.Text(c.spellFlag("--log-file-max-size=0")))
	}
	if c.addsFatalOnly(also) {
		flags = append(flags, invocation.Text("--stderrthreshold=FATAL"))
	}
	if also {
		flags = append(flags, invocation.Text(c.spellFlag("--alsologtostderr=true")))
	}
	return flags
}

// addsFatalOnly reports whether --stderrthreshold=FATAL is added: on request, and
// where it has an effect. Every klog has the flag; with --alsologtostderr it is
// ignored (klog#371). One that stands there already is left alone.
func (c candidate) addsFatalOnly(also bool) bool {
	return c.options.Configured.FatalOnly && !also && c.entry != nil && c.thresholdFlag() == ""
}

// thresholdFlag returns the --stderrthreshold that stands among the words, ""
// without one.
func (c candidate) thresholdFlag() string {
	for _, f := range c.logFlags() {
		if f.name == "stderrthreshold" {
			return f.text(c.inv.Words)
		}
	}
	return ""
}

// spellFlag writes a flag in the spelling of the program: pflag with a normaliser
// takes both, plain flag sets take the underscores of klog.
func (c candidate) spellFlag(flag string) string {
	if c.entry != nil && c.entry.Klog != nil && c.entry.Klog.spellingOf(c.version) == "underscore" {
		return "--" + strings.ReplaceAll(strings.TrimPrefix(flag, "--"), "-", "_")
	}
	return flag
}

// klogNotes lists what differs at run time (k8s.io/klog klog.go and
// klog_file.go, v0.3.0 and later).
func (c candidate) klogNotes(also bool) []string {
	notes := []string{
		"only what " + c.name + " logs through klog reaches " + c.file + ": panics and direct output go to the container's log",
		"klog writes four header lines into " + c.file + " at each start, and flushes its lines every 5 seconds",
		c.stderrNote(also),
	}
	if c.entry != nil {
		notes = append(notes, notesFor(c.entry.Klog.Remarks, c.version)...)
	}
	return notes
}

// stderrNote says which part of the log also goes to the container's stderr.
func (c candidate) stderrNote(also bool) string {
	switch {
	case also:
		return "the log also goes to the container's stderr"
	case c.addsFatalOnly(also):
		return "fatal errors also go to the container's stderr (--stderrthreshold=FATAL)"
	case c.thresholdFlag() != "":
		return c.thresholdFlag() + " says what also goes to the container's stderr"
	}
	return "errors also go to the container's stderr (--stderrthreshold)"
}
