package command

import (
	"fmt"
	"io"
	"strings"

	"shellfree/transforms"
)

// block writes what is known about a program, a fact a line; what there is no
// fact about gets no line.
type block struct{ w io.Writer }

func (b *block) line(label, text string) {
	if text != "" {
		fmt.Fprintf(b.w, "  %-11s %s\n", label, text)
	}
}

func (b *block) list(label string, items []string) { b.line(label, strings.Join(items, ", ")) }

// source writes where the lines before come from.
func (b *block) source(text string) {
	if text != "" {
		b.line("", "("+text+")")
	}
}

func (b *block) remarks(remarks []transforms.Remark) {
	for _, r := range remarks {
		when := versions(r.From, r.Until) + ": "
		if when == "all: " {
			when = ""
		}
		if r.Review != "" {
			b.line("review", when+r.Review)
		}
		if r.Note != "" {
			b.line("note", when+r.Note)
		}
		b.source(r.Source)
	}
}

func (b *block) klog(k *transforms.KlogFlags) {
	if k == nil {
		return
	}
	b.line("klog flags", versions(k.From, k.Until)+", spelled "+spelled(k.Spelling))
	for _, s := range k.Spellings {
		b.line("", versions(s.From, s.Until)+" spelled "+spelled(s.Spelling))
		b.source(s.Source)
	}
	if k.MaxSizeFrom.Known() {
		b.line("", "--log-file-max-size from "+k.MaxSizeFrom.String())
	}
	if k.TruncatesUntil.Known() {
		b.line("", "empties the file at each start before "+k.TruncatesUntil.String())
	}
	for _, o := range k.Overrides {
		b.line("", versions(o.From, o.Until)+" it sets "+o.Flag+" itself after parsing, so no file is written")
		b.source(o.Source)
	}
	b.source(k.Source)
	b.remarks(k.Remarks)
}

func spelled(spelling string) string {
	switch spelling {
	case "dash":
		return "--log-file only"
	case "underscore":
		return "--log_file only"
	}
	return "--log-file or --log_file"
}

func (b *block) runner(r *transforms.LogRunner) {
	if r == nil {
		return
	}
	text := r.Path + " in its images from " + r.From.String()
	if r.RotationFrom.Known() {
		text += ", with -log-file-size, -log-file-age and -flush-interval from " + r.RotationFrom.String()
	}
	b.line("log runner", text)
	b.source(r.Source)
}

func (b *block) native(n *transforms.NativeFlags) {
	if n == nil {
		return
	}
	b.line("own flags", strings.Join(n.Flags, " ")+"FILE from "+n.From.String()+", chosen unasked from "+n.AutoFrom.String())
	if len(n.RefusedBy) > 0 {
		b.line("", "not beside --"+strings.Join(n.RefusedBy, ", --"))
	}
	b.source(n.Source)
	b.remarks(n.Remarks)
}
