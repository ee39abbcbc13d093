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

// output is one --format: a format and the file that gets it.
type output struct {
	format report.Format
	file   string // "" is stdout
	stdout io.Writer
	text   *report.Text // for the format text, which is printed while files are judged
}

// parseOutputs reads the --format flags. At most one of them may go to stdout. Without
// a flag the first known format goes there.
func (c *Command) parseOutputs(flags []string, known []report.Format) ([]output, error) {
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
			return nil, fmt.Errorf("--format=%s names the file of another format: give it a file of its own", flag)
		}
		if file == "" {
			if onStdout != "" {
				return nil, fmt.Errorf("--format=%s and --format=%s both go to stdout: give one a file, --format=%s=FILE", onStdout, name, name)
			}
			onStdout = name
		}
		outputs = append(outputs, c.newOutput(format, file))
	}
	return outputs, nil
}

func (c *Command) newOutput(format report.Format, file string) output {
	o := output{format: format, file: file, stdout: c.Stdout}
	if format.Name == "text" {
		s := report.Style{}
		if file == "" {
			s = textStyle(c.Stdout)
		}
		o.text = report.NewText(s)
	}
	return o
}

// flushText prints on stdout the text that is ready. A text file is written only at the
// end, since it may be one of the files that are read.
func (c *Command) flushText(outputs []output) {
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

// writeOutputs writes the report to each output, and prints an error for each that
// can't be written.
func (c *Command) writeOutputs(outputs []output, r *report.Report) {
	for _, out := range outputs {
		if err := out.write(r); err != nil {
			c.reportError(ExitIO, err)
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
		return o.text.Finish(w, r)
	}
	return o.format.Write(w, r)
}

// textStyle returns the style of text on w: grouped and coloured on a terminal. NO_COLOR
// and FORCE_COLOR win if they are not empty, as no-color.org and force-color.org
// define them.
func textStyle(w io.Writer) report.Style {
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
