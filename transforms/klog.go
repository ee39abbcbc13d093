package transforms

import (
	"strings"

	"shellfree/rewrite/invocation"
)

// Klog lets the program write the file through klog's own flags. klog logs on
// stderr, and only what goes through klog reaches the file (k8s.io/klog,
// klog.go).
var Klog = Sink{
	Name: "klog",
	Doc:  "adds klog's flags --logtostderr=false --log-file=PATH to the program",
	keep: keepKlog,
}

func keepKlog(s start) result {
	if why := s.klogRefusal(); why != "" {
		return refused(why)
	}
	plan := s.klogPlan()
	if plan.refusal != "" {
		return plan.result
	}
	plan.words = insert(s.inv.Words, s.flags, plan.flags, plan.drop)
	plan.review = append(plan.review, s.klogReview()...)
	plan.notes = append(plan.notes, s.klogNotes(plan.also)...)
	return plan.result
}

// klogRefusal says why klog's flags are wrong for the program; "" if they
// aren't known to be.
func (s start) klogRefusal() string {
	switch {
	case s.shape == invocation.Discard:
		return "klog does not throw output away"
	case s.flags < 0:
		return "the program behind " + s.name + " can't be told, and so not where its flags go"
	case s.entry == nil:
		return s.insteadOfKlog()
	case s.entry.Klog == nil:
		return s.name + " " + s.entry.Why
	case s.version.Before(s.entry.Klog.From):
		return s.title() + " logs with glog, which has no --log-file (klog from " + s.entry.Klog.From.String() + ")" + s.overridden(" and ")
	case s.overridden("") != "":
		return s.title() + s.overridden(" ") + ", so that klog writes no file"
	case s.rejects():
		return s.title() + " no longer takes klog's flags (removed in " + s.entry.Klog.Until.String() + ")"
	}
	return s.insteadOfKlog()
}

// overridden says, behind a joint, that the program sets a flag of klog's itself;
// "" if it doesn't.
func (s start) overridden(joint string) string {
	if flag := s.entry.Klog.override(s.version); flag != "" {
		return joint + "sets " + flag + " itself after it parsed its flags"
	}
	return ""
}

// insteadOfKlog prefers a log runner that the image carries where only stdout
// is kept: the runner keeps just that, klog would write its log to the file.
func (s start) insteadOfKlog() string {
	if s.asked || s.shape != invocation.StdoutOnly && s.shape != invocation.TeeStdout || keepRunner(s).refusal != "" {
		return ""
	}
	return "klog logs on stderr, and only stdout goes to " + s.file
}

// klogPlan is how the flags among the words change.
type klogPlan struct {
	result
	flags []invocation.Word // to be added
	drop  []flag            // to be left out
	also  bool              // the log also goes to the container's stderr
}

// klogPlan reconciles klog's flags with those that stand there already: none is
// given twice, none contradicts another.
func (s start) klogPlan() klogPlan {
	maxSize := s.takesMaxSize()
	plan := klogPlan{also: s.shape == invocation.TeeBoth || s.shape == invocation.TeeStdout}
	existing := flagsOf(s.inv.Words, s.flags)
	split := false // the log went to files of klog's own before
	for _, f := range existing {
		split = split || f.name == "logtostderr" && f.isFalse()
	}
	for _, f := range existing {
		switch f.name {
		case "logging-format":
			if f.value.String() != "text" {
				plan.refusal = f.text(s.inv.Words) + " takes none of klog's flags"
				return plan
			}
			continue
		case "log-file-max-size":
			if !maxSize {
				continue
			}
		case "logtostderr", "alsologtostderr", "log-dir", "log-file":
		default:
			continue
		}
		if plan.refusal = s.undroppable(f); plan.refusal != "" {
			return plan
		}
		s.replace(&plan, f, split)
	}
	plan.flags = s.klogFlags(maxSize, plan.also)
	return plan
}

// replace drops a flag that stands there already and says so.
func (s start) replace(plan *klogPlan, f flag, split bool) {
	plan.drop = append(plan.drop, f)
	text := f.text(s.inv.Words)
	if f.loose != "" {
		plan.review = append(plan.review, "the word "+f.loose+" after "+text+" is an argument of its own, since bool flags take a value with = only: check whether it is meant to be there")
	}
	switch {
	case f.name == "alsologtostderr" && f.isTrue() && s.shape == invocation.StdoutOnly:
		plan.also = true
	case f.name == "alsologtostderr" && f.isTrue() && !plan.also:
		plan.notes = append(plan.notes, text+" is dropped, because the shell sent the program's stderr to "+s.file+" too and the container's log was empty")
	case f.name == "logtostderr" && !f.isTrue() && !f.isFalse():
		plan.review = append(plan.review, text+" is replaced by "+s.spell("--logtostderr=false")+": check what it stood for")
	case f.name == "log-file" && f.value.String() != s.file:
		plan.review = append(plan.review, text+" is replaced: the program's log goes to "+s.file+" only")
	case f.name == "log-dir" && split:
		plan.review = append(plan.review, text+" is dropped: the files that klog wrote there are no longer written")
	case f.name != "log-file" && !f.isFalse():
		plan.notes = append(plan.notes, text+" is dropped or replaced, because klog now writes to "+s.file)
	}
}

// klogFlags returns the flags to add, in the order of the contract.
func (s start) klogFlags(maxSize, also bool) []invocation.Word {
	flags := []invocation.Word{
		invocation.Text(s.spell("--logtostderr=false")),
		s.path.With(s.spell("--log-file=")),
	}
	if maxSize {
		flags = append(flags, invocation.Text(s.spell("--log-file-max-size=0")))
	}
	if s.fatalOnly(also) {
		flags = append(flags, invocation.Text("--stderrthreshold=FATAL"))
	}
	if also {
		flags = append(flags, invocation.Text(s.spell("--alsologtostderr=true")))
	}
	return flags
}

// fatalOnly reports whether --stderrthreshold=FATAL is added: on request, and
// where it has an effect. Every klog has the flag; with --alsologtostderr it is
// ignored (klog#371). One that stands there already is left alone.
func (s start) fatalOnly(also bool) bool {
	return s.fatal && !also && s.entry != nil && s.threshold() == ""
}

// spell writes a flag in the spelling of the program: pflag with a normaliser
// takes both, plain flag sets take the underscores of klog.
func (s start) spell(flag string) string {
	if s.entry != nil && s.entry.Klog != nil && s.entry.Klog.spelling(s.version) == "underscore" {
		return "--" + strings.ReplaceAll(strings.TrimPrefix(flag, "--"), "-", "_")
	}
	return flag
}

// takesMaxSize reports whether the program is known to take
// --log-file-max-size (klog v0.3.0, 48a7874); others exit on it.
func (s start) takesMaxSize() bool {
	return s.entry != nil && s.entry.Klog.MaxSizeFrom.Known() && s.version.Known() && !s.version.Before(s.entry.Klog.MaxSizeFrom)
}
