package transforms

import (
	"shellfree/rewrite/doubt"
	"shellfree/rewrite/invocation"
)

// Klog lets the program write the file through klog's own flags. klog logs on
// stderr, and only what goes through klog reaches the file (k8s.io/klog,
// klog.go).
var Klog = Sink{
	Name:  "klog",
	Doc:   "adds klog's flags --logtostderr=false --log-file=PATH to the program",
	Says:  "start it directly, with klog's own flags for the file",
	Flags: klogFlags,
	Keep:  planKlog,
	Undo:  undoKlog,
	Safe:  true,
	Doubts: []doubt.About[sinkCase]{
		replacedKlogFlags, unknownProgram, unknownVersion, logFileSize, appendOrTruncate, stdoutInLogFile, placeholderKlogFlags, klogRemark,
	},
}

// klogFlags are klog's flags for its output (k8s.io/klog, klog.go, InitFlags, and
// component-base/logs for skip-log-headers). Kubernetes' components rejected them
// from 1.26.0-alpha.2 on: an unknown flag ends the program (KEP-2845,
// kubernetes/kubernetes#112120).
var klogFlags = []invocation.Flag{
	{Name: "add-dir-header", Bool: true}, {Name: "alsologtostderr", Bool: true}, {Name: "log-backtrace-at"},
	{Name: "log-dir"}, {Name: "log-file"}, {Name: "log-file-max-size"}, {Name: "logtostderr", Bool: true},
	{Name: "one-output", Bool: true}, {Name: "skip-headers", Bool: true}, {Name: "skip-log-headers", Bool: true},
	{Name: "stderrthreshold"},
}

// klogRefusal says why klog's flags are wrong for the program; "" if they
// aren't known to be.
func (c candidate) klogRefusal() string {
	switch {
	case c.shape == invocation.Discard:
		return "klog does not throw output away"
	case c.flagsAt < 0:
		return "the program behind " + c.name + " can't be told, and so not where its flags go"
	case c.entry == nil:
		return ""
	case c.entry.Klog == nil:
		return c.name + " " + c.entry.Why
	case c.version.Before(c.entry.Klog.From):
		return c.title() + " logs with glog, which has no --log-file (klog from " + c.entry.Klog.From.String() + ")" + c.overrideClause(" and ")
	case c.overrideClause("") != "":
		return c.title() + c.overrideClause(" ") + ", so that klog writes no file"
	case c.rejectsKlogFlags():
		return c.title() + " no longer takes klog's flags (removed in " + c.entry.Klog.Until.String() + ")"
	}
	return ""
}

// overrideClause says, behind a joint, that the program sets a flag of klog's
// itself; "" if it doesn't.
func (c candidate) overrideClause(joint string) string {
	if flag := c.entry.Klog.overrideFlag(c.version); flag != "" {
		return joint + "sets " + flag + " itself after it parsed its flags"
	}
	return ""
}

// rejectsKlogFlags reports whether the program is known to reject klog's output
// flags.
func (c candidate) rejectsKlogFlags() bool {
	return c.entry != nil && c.entry.Klog != nil && c.version.Known() && c.entry.Klog.Until.Known() && !c.version.Before(c.entry.Klog.Until)
}

// takesMaxSize reports whether the program is known to take
// --log-file-max-size (klog v0.3.0, 48a7874); others exit on it.
func (c candidate) takesMaxSize() bool {
	return c.entry != nil && c.entry.Klog.MaxSizeFrom.Known() && c.version.Known() && !c.version.Before(c.entry.Klog.MaxSizeFrom)
}

// truncatesKlogFile reports whether klog itself empties the file at each start
// (klog before v0.3.0 opens it with os.Create).
func (c candidate) truncatesKlogFile() bool {
	return c.entry != nil && c.version.Before(c.entry.Klog.TruncatesUntil)
}

// undoKlog takes klog's flags off a program that takes them or may.
func undoKlog(u *Unwound, c candidate) bool {
	if c.entry != nil && c.entry.Klog == nil {
		return false
	}
	flags := c.flagTable.findIn(u.Words, c.flagsAt).withNames(klogFlags)
	u.Words = insertFlags(u.Words, c.flagsAt, nil, flags)
	file, found := flags.lastNamed("log-file")
	if !found {
		file, found = flags.lastNamed("log-dir")
	}
	if !found || !flags.isOff("logtostderr") {
		return false
	}
	u.Stderr = invocation.Destination{Kind: invocation.ToFile, Path: file.value, Append: !c.truncatesKlogFile(), Tee: flags.isOn("alsologtostderr")}
	return true
}
