package transforms

import (
	"path"
	"slices"
	"strings"

	"shellfree/rewrite/doubt"
	"shellfree/rewrite/invocation"
)

// Native lets the program write the file through a flag of its own, such as
// etcd's --log-outputs.
var Native = Sink{
	Name:   "native",
	Doc:    "adds the program's own flag for a log file, as the catalogue knows it",
	Says:   "start it directly, with its own flag for the file",
	Keep:   planNative,
	Undo:   undoNative,
	Safe:   true,
	Doubts: []doubt.About[sinkCase]{replacedNativeFlags, placeholderNativeFlags, appendOrTruncate, nativeRemark},
}

func planNative(c candidate) plan {
	if why := c.nativeRefusal(); why != "" {
		return refusal(why)
	}
	native := c.entry.Native
	if why := c.ownFlagRefusal(); why != "" {
		return refusal(why)
	}
	p := plan{addedFlags: native.words(c.path), notes: notesFor(native.Remarks, c.version)}
	for _, f := range c.logFlags() {
		if slices.Contains(native.RefusedBy, f.name) {
			return refusal(f.text(c.inv.Words), " does not go together with ", strings.Join(native.Flags, " "))
		}
		if !native.setsFlag(f.name) {
			continue
		}
		if why := c.whyFixed(f); why != "" {
			return refusal(why)
		}
		p.droppedFlags = append(p.droppedFlags, f)
	}
	return p
}

// ownFlagRefusal refuses a flag of a configuration's program that stands there
// already: whether the next word is its value isn't known.
func (c candidate) ownFlagRefusal() string {
	for _, w := range c.inv.Words[c.flagsAt:] {
		name, _, _ := nameOf(w)
		_, known := c.flagTable[name]
		if !known && name != "" && (c.entry.Native.setsFlag(name) || slices.Contains(c.entry.Native.RefusedBy, name)) {
			return w.String() + " stands there already"
		}
	}
	return ""
}

// nativeRefusal says why the program's own flags can't be used; "" if they can.
func (c candidate) nativeRefusal() string {
	switch {
	case c.entry == nil || c.entry.Native == nil:
		return c.name + " has no flag of its own for a log file that the catalogue knows"
	case c.shape != invocation.BothToFile:
		return "the flags of " + c.name + " send its whole log to the file and nothing to the container"
	case !c.version.Known():
		return "the version of " + c.name + " isn't known, and " + c.nativeFlag() + " exists from " + c.entry.Native.From.String() + " only"
	case c.version.Before(c.entry.Native.From):
		return c.title() + " has no " + c.nativeFlag() + " (from " + c.entry.Native.From.String() + ")"
	case !c.userNamesSink && c.version.Before(c.entry.Native.AutoFrom):
		return c.title() + " changes the format of its log with " + c.nativeFlag() + ", --log-sink=native asks for it"
	case strings.Contains(c.file, ","):
		return "the comma in " + c.file + " parts two files for " + c.nativeFlag()
	}
	return ""
}

// nativeFlag is the flag that takes the path.
func (c candidate) nativeFlag() string {
	flags := c.entry.Native.Flags
	return strings.TrimSuffix(flags[len(flags)-1], "=")
}

// names returns the names of the native flags, without dashes before them.
func (n NativeFlags) names() []string {
	var all []string
	for _, f := range n.Flags {
		name, _, _ := strings.Cut(strings.TrimLeft(f, "-"), "=")
		all = append(all, name)
	}
	return all
}

// setsFlag reports whether a flag of that name is among the native flags.
func (n NativeFlags) setsFlag(name string) bool { return slices.Contains(n.names(), name) }

// words returns the flags, with the path appended to the last.
func (n NativeFlags) words(path invocation.Word) []invocation.Word {
	last := len(n.Flags) - 1
	return append(invocation.Texts(n.Flags[:last]...), path.With(n.Flags[last]))
}

// nativeFlags returns the native flags of the programs that are built in. Of
// those of a configuration it isn't known whether the next word is their value.
func (c *Catalogue) nativeFlags() []invocation.Flag {
	var all []invocation.Flag
	for _, p := range c.builtIn {
		if p.Native == nil {
			continue
		}
		for _, name := range p.Native.names() {
			all = append(all, invocation.Flag{Name: name})
		}
	}
	return all
}

// undoNative reads the program's own flag for a log file.
func undoNative(u *Unwound, c candidate) (kept bool) {
	if c.entry == nil || c.entry.Native == nil {
		return false
	}
	names := c.entry.Native.names()
	for i := c.flagsAt; i < len(u.Words); i++ {
		name, value, _ := nameOf(u.Words[i])
		if name == names[len(names)-1] && path.IsAbs(value.String()) {
			d := invocation.Destination{Kind: invocation.ToFile, Path: value, Append: true}
			u.Stdout, u.Stderr, kept = d, d, true
		}
	}
	u.Words = slices.DeleteFunc(slices.Clone(u.Words), func(w invocation.Word) bool {
		name, _, hasValue := nameOf(w)
		return hasValue && slices.Contains(names, name)
	})
	return kept
}

var replacedNativeFlags = doubt.About[sinkCase]{
	Name: "replaced-native-flags",
	Doc: "Raised where the command sets the program's own log flags already, to something else. " +
		"The log goes to the redirection's file alone from then on. " +
		"Check what reads the places that the old flags name, or take them out of the command.",
	Look: func(c sinkCase) doubt.Raised {
		var reviews []string
		for _, f := range c.plan.droppedFlags {
			if text := f.text(c.inv.Words); !slices.Contains(c.entry.Native.Flags, text) {
				reviews = append(reviews, text+" is replaced: the log goes to "+c.file+" only")
			}
		}
		if len(reviews) == 0 && len(c.plan.droppedFlags) > 0 {
			return doubt.Cleared(c.plan.droppedFlags.texts(c.inv.Words) + " is written again as it was")
		}
		return doubt.Reviews(reviews...)
	},
}

var placeholderNativeFlags = doubt.About[sinkCase]{
	Name: "placeholder-native-flags",
	Doc: "Raised for each placeholder among the arguments that stands for any number of words. " +
		"A log flag of the program among them would stand beside the added one. " +
		"Check what fills the placeholder.",
	Look: func(c sinkCase) doubt.Raised {
		return lookAtPlaceholders(c.inv.Words[c.flagsAt:], " must not bring log flags of "+c.name+" again")
	},
}

var nativeRemark = doubt.About[sinkCase]{
	Name: "native-remark",
	Doc: "Raised where the catalogue has a remark about the program's own log flags in this version, such as another format of the log. " +
		"The remark says what to check. " +
		"It is settled by doing so; the remark of a configuration's own program can be changed there.",
	Look: func(c sinkCase) doubt.Raised { return lookAtRemarks(c.entry.Native.Remarks, c) },
}
