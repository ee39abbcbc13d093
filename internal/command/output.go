package command

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"shellfree/internal/report"
)

// output is one --format: where the report goes and how.
type output struct {
	format report.Format
	file   string // "" is stdout
	stdout io.Writer
	text   *report.Text // of the format that is printed while files come
}

// outputs reads the --format flags; one of them may go to stdout. Without a flag
// the first of the known formats does.
func (c *Command) outputs(flags []string, known []report.Format) ([]output, error) {
	if len(flags) == 0 {
		flags = []string{known[0].Name}
	}
	var outputs []output
	onStdout := ""
	for _, flag := range flags {
		name, file, named := strings.Cut(flag, "=")
		format, err := report.Named(name, known)
		if err != nil {
			return nil, err
		}
		if named && file == "" {
			return nil, fmt.Errorf("--format=%s names no file: write --format=%s=FILE", flag, name)
		}
		if file != "" && slices.ContainsFunc(outputs, func(o output) bool { return o.file == file }) {
			return nil, fmt.Errorf("--format=%s goes to a file that another format goes to: give it one of its own", flag)
		}
		if file == "" {
			if onStdout != "" {
				return nil, fmt.Errorf("--format=%s and --format=%s both go to stdout: give one a file, --format=%s=FILE", onStdout, name, name)
			}
			onStdout = name
		}
		outputs = append(outputs, c.output(format, file))
	}
	return outputs, nil
}

func (c *Command) output(format report.Format, file string) output {
	o := output{format: format, file: file, stdout: c.Stdout}
	if format.Name == "text" {
		s := report.Style{}
		if file == "" {
			s = style(c.Stdout)
		}
		o.text = report.NewText(s)
	}
	return o
}

// flush prints on stdout what is known already. A file is written at the end: it
// may be one of those that are read.
func (c *Command) flush(outputs []output) {
	for _, o := range outputs {
		if o.text != nil && o.file == "" {
			c.line.erase()
			o.text.Flush(o.stdout)
		}
	}
}

func formatNames(known []report.Format) string {
	var names []string
	for _, f := range known {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// writeAll writes the report to each output; what can't be written is told.
func (c *Command) writeAll(outputs []output, r *report.Report) {
	for _, out := range outputs {
		if err := out.write(r); err != nil {
			c.fail(ExitIO, err)
		}
	}
}

func (o output) write(r *report.Report) error {
	if o.file == "" {
		return o.print(o.stdout, r)
	}
	f, err := os.Create(o.file)
	if err != nil {
		return err
	}
	if err := o.print(f, r); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func (o output) print(w io.Writer, r *report.Report) error {
	if o.text != nil {
		return o.text.End(w, r)
	}
	return o.format.Write(w, r)
}

// style is for people where w is a terminal. NO_COLOR and FORCE_COLOR win, as
// no-color.org and force-color.org have it: any value but the empty one.
func style(w io.Writer) report.Style {
	terminal := isTerminal(w)
	s := report.Style{Grouped: terminal, Color: terminal && os.Getenv("TERM") != "dumb"}
	if os.Getenv("FORCE_COLOR") != "" {
		s.Color = true
	}
	if os.Getenv("NO_COLOR") != "" {
		s.Color = false
	}
	return s
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
