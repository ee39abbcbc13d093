package transforms

import (
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
)

// Native lets the program write the file through a flag of its own, such as
// etcd's --log-outputs.
var Native = Sink{
	Name: "native",
	Doc:  "adds the program's own flag for a log file, as the catalogue knows it",
	keep: keepNative,
}

func keepNative(s start) result {
	if why := s.nativeRefusal(); why != "" {
		return refused(why)
	}
	native := s.entry.Native
	if why := s.ownFlagSet(); why != "" {
		return refused(why)
	}
	var res result
	var drop []flag
	for _, f := range flagsOf(s.inv.Words, s.flags) {
		text := f.text(s.inv.Words)
		switch {
		case slices.Contains(native.RefusedBy, f.name):
			return refused(text + " does not go together with " + strings.Join(native.Flags, " "))
		case !native.sets(f.name):
			continue
		}
		if why := s.undroppable(f); why != "" {
			return refused(why)
		}
		drop = append(drop, f)
		if !slices.Contains(native.Flags, text) {
			res.review = append(res.review, text+" is replaced: the log goes to "+s.file+" only")
		}
	}
	for _, placeholder := range severalWords(s.inv.Words[s.flags:]) {
		res.review = append(res.review, placeholder+" must not bring log flags of "+s.name+" again")
	}
	res.words = insert(s.inv.Words, s.flags, native.words(s.path), drop)
	res.review = slices.Concat(res.review, s.truncated(), reviewsFor(native.Remarks, s.version))
	res.notes = notesFor(native.Remarks, s.version)
	return res
}

// ownFlagSet refuses a flag of a configuration's program that stands there
// already: whether the next word is its value only its makers know.
func (s start) ownFlagSet() string {
	for _, w := range s.inv.Words[s.flags:] {
		name, _, _ := nameOf(w)
		_, known := takesValue(name)
		if !known && name != "" && (s.entry.Native.sets(name) || slices.Contains(s.entry.Native.RefusedBy, name)) {
			return w.String() + " stands there already"
		}
	}
	return ""
}

// nativeRefusal says why the program's own flags can't be used; "" if they can.
func (s start) nativeRefusal() string {
	switch {
	case s.entry == nil || s.entry.Native == nil:
		return s.name + " has no flag of its own for a log file that the catalogue knows"
	case s.shape != invocation.BothToFile:
		return "the flags of " + s.name + " send its whole log to the file and nothing to the container"
	case !s.version.Known():
		return "the version of " + s.name + " isn't known, and " + s.nativeFlags() + " exists from " + s.entry.Native.From.String() + " only"
	case s.version.Before(s.entry.Native.From):
		return s.title() + " has no " + s.nativeFlags() + " (from " + s.entry.Native.From.String() + ")"
	case !s.asked && s.version.Before(s.entry.Native.AutoFrom):
		return s.title() + " changes the format of its log with " + s.nativeFlags() + ", --log-sink=native asks for it"
	case strings.Contains(s.file, ","):
		return "the comma in " + s.file + " parts two files for " + s.nativeFlags()
	}
	return ""
}

// nativeFlags names the flag that takes the path.
func (s start) nativeFlags() string {
	flags := s.entry.Native.Flags
	return strings.TrimSuffix(flags[len(flags)-1], "=")
}

// sets reports whether a flag of that name is among the native flags.
func (n NativeFlags) sets(name string) bool {
	return slices.ContainsFunc(n.Flags, func(f string) bool {
		own, _, _ := strings.Cut(strings.TrimLeft(f, "-"), "=")
		return own == name
	})
}

// words returns the flags, with the path appended to the last.
func (n NativeFlags) words(path invocation.Word) []invocation.Word {
	last := len(n.Flags) - 1
	return append(invocation.Texts(n.Flags[:last]...), path.With(n.Flags[last]))
}
