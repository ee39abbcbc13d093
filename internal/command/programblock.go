package command

import (
	"fmt"
	"io"
	"strings"

	"shellfree/transforms"
)

// programBlock writes the facts about a program, one on each line. Empty facts get no
// line.
type programBlock struct{ w io.Writer }

func (b *programBlock) writeLine(label, text string) {
	if text != "" {
		fmt.Fprintf(b.w, "  %-11s %s\n", label, text)
	}
}

func (b *programBlock) writeList(label string, items []string) {
	b.writeLine(label, strings.Join(items, ", "))
}

// writeSource writes the source of the facts above.
func (b *programBlock) writeSource(text string) {
	if text != "" {
		b.writeLine("", "("+text+")")
	}
}

func (b *programBlock) writeRemarks(remarks []transforms.Remark) {
	for _, r := range remarks {
		when := versionRange(r.From, r.Until) + ": "
		if when == "all: " {
			when = ""
		}
		if r.Review != "" {
			b.writeLine("review", when+r.Review)
		}
		if r.Note != "" {
			b.writeLine("note", when+r.Note)
		}
		b.writeSource(r.Source)
	}
}

func (b *programBlock) writeKlog(k *transforms.KlogFlags) {
	if k == nil {
		return
	}
	b.writeLine("klog flags", versionRange(k.From, k.Until)+", spelled "+spellingText(k.Spelling))
	for _, s := range k.Spellings {
		b.writeLine("", versionRange(s.From, s.Until)+" spelled "+spellingText(s.Spelling))
		b.writeSource(s.Source)
	}
	if k.MaxSizeFrom.Known() {
		b.writeLine("", "--log-file-max-size from "+k.MaxSizeFrom.String())
	}
	if k.TruncatesUntil.Known() {
		b.writeLine("", "empties the file at each start before "+k.TruncatesUntil.String())
	}
	for _, o := range k.Overrides {
		b.writeLine("", versionRange(o.From, o.Until)+" it sets "+o.Flag+" itself after parsing, so no file is written")
		b.writeSource(o.Source)
	}
	b.writeSource(k.Source)
	b.writeRemarks(k.Remarks)
}

func spellingText(spelling string) string {
	switch spelling {
	case "dash":
		return "--log-file only"
	case "underscore":
		return "--log_file only"
	}
	return "--log-file or --log_file"
}

func (b *programBlock) writeRunner(r *transforms.LogRunner) {
	if r == nil {
		return
	}
	text := r.Path + " in its images from " + r.From.String()
	if r.RotationFrom.Known() {
		text += ", with -log-file-size, -log-file-age and -flush-interval from " + r.RotationFrom.String()
	}
	b.writeLine("log runner", text)
	b.writeSource(r.Source)
}

func (b *programBlock) writeNative(n *transforms.NativeFlags) {
	if n == nil {
		return
	}
	b.writeLine("own flags", strings.Join(n.Flags, " ")+"FILE from "+n.From.String()+", chosen unasked from "+n.AutoFrom.String())
	if len(n.RefusedBy) > 0 {
		b.writeLine("", "not beside --"+strings.Join(n.RefusedBy, ", --"))
	}
	b.writeSource(n.Source)
	b.writeRemarks(n.Remarks)
}
