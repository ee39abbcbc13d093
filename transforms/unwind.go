package transforms

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"shellfree/rewrite/invocation"
)

// Unwound is an invocation without what keeps its log: the program's own words,
// and where its output goes whoever sends it there.
type Unwound struct {
	Program, Version string // as in [invocation.Conversion]
	// Sink is what keeps the log: shell, klog, runner, native, "" for nothing.
	// klog logs on stderr: then Stderr is the file, and Stdout as it is.
	Sink string
	// Words are the program's without log runner and log flags.
	Words          []invocation.Word
	Stdout, Stderr invocation.Destination
	// Rejected names the log flags with which the program does not start, ""
	// for none.
	Rejected string
}

// Unwind takes the log sink off an invocation: the inverse of Convert, for
// arrays that people wrote too.
func (v *Converter) Unwind(t invocation.Target, inv invocation.Invocation) Unwound {
	u := Unwound{Words: inv.Words, Stdout: inv.Stdout, Stderr: inv.Stderr}
	if inv.Redirection() != invocation.None {
		u.Sink = "shell"
	}
	for { // a log runner may start another
		at, under := v.behindOwnRunner(t, u.Words)
		if !under || at >= len(u.Words) {
			break
		}
		u.unwindRunner(u.Words[1:at])
		u.Words = u.Words[at:]
	}
	if len(u.Words) == 0 || u.Words[0].Several {
		return u
	}
	s := v.start(t, invocation.Invocation{Words: u.Words, Stdout: u.Stdout, Stderr: u.Stderr})
	u.Program, u.Version = s.name, s.version.String()
	if s.flags < 0 {
		return u
	}
	if m, found := v.migration(t, u.Words); found && m.rejects() {
		u.Rejected = m.texts()
	}
	u.unwindKlog(s)
	u.unwindNative(s)
	return u
}

// behindOwnRunner is behindRunner for images whose log runner has a path of its
// own too.
func (v *Converter) behindOwnRunner(t invocation.Target, words []invocation.Word) (at int, under bool) {
	if at, under = behindRunner(words); under || len(words) == 0 {
		return at, under
	}
	s := v.start(t, invocation.Invocation{Words: words})
	if words[0].String() != s.runner {
		return 0, false
	}
	return behindRunner(slices.Concat([]invocation.Word{invocation.Text("/go-runner")}, words[1:]))
}

// unwindRunner reads the flags of a log runner (kubernetes/kubernetes
// component-base/logs/kube-log-runner): they default to no file, no copy to
// stdout, and stderr sent where stdout goes.
func (u *Unwound) unwindRunner(flags []invocation.Word) {
	u.Sink = Runner.Name
	var file invocation.Word
	tee, both := false, true
	for _, w := range flags {
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
}

// unwindKlog reads klog's flags of a program that takes them or may.
func (u *Unwound) unwindKlog(s start) {
	if s.entry != nil && s.entry.Klog == nil {
		return
	}
	flags := slices.DeleteFunc(flagsOf(u.Words, s.flags), func(f flag) bool { return !slices.Contains(removed, f.name) })
	m := migration{start: s, flags: flags}
	u.Words = insert(u.Words, s.flags, nil, flags)
	file, found := m.set("log-file")
	if !found {
		file, found = m.set("log-dir")
	}
	if !found || !m.off("logtostderr") {
		return
	}
	u.Sink = Klog.Name
	u.Stderr = invocation.Destination{Kind: invocation.ToFile, Path: file.value, Append: !s.klogTruncates(), Tee: m.on("alsologtostderr")}
}

// unwindNative reads the program's own flag for a log file.
func (u *Unwound) unwindNative(s start) {
	if s.entry == nil || s.entry.Native == nil {
		return
	}
	native := s.entry.Native
	for i := s.flags; i < len(u.Words); i++ {
		name, value, _ := nameOf(u.Words[i])
		last := native.Flags[len(native.Flags)-1]
		if own, _, _ := strings.Cut(strings.TrimLeft(last, "-"), "="); name == own && path.IsAbs(value.String()) {
			d := invocation.Destination{Kind: invocation.ToFile, Path: value, Append: true}
			u.Sink, u.Stdout, u.Stderr = Native.Name, d, d
		}
	}
	u.Words = slices.DeleteFunc(slices.Clone(u.Words), func(w invocation.Word) bool {
		name, _, hasValue := nameOf(w)
		return hasValue && native.sets(name)
	})
}
