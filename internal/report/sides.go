package report

import (
	"fmt"
	"io"
	"strings"

	"shellfree/rewrite"
)

// WriteSides prints, of a finding that a proof refused, what the old script and
// the new array would start; nothing of any other.
func WriteSides(w io.Writer, f rewrite.Finding) error {
	if f.Sides == "" {
		return nil
	}
	if _, err := fmt.Fprintf(w, "%s:%d:%d: %s\n", Printable(f.File), f.Start.Line, f.Start.Column, f.Rule.Code); err != nil {
		return err
	}
	for line := range strings.Lines(f.Sides) {
		if _, err := fmt.Fprintf(w, "  %s\n", Printable(strings.TrimSuffix(line, "\n"))); err != nil {
			return err
		}
	}
	return nil
}
