package report

import (
	"fmt"
	"io"
	"strings"

	"shellfree/rewrite"
)

// WriteSides prints what the old script and the new array would start, for a finding whose
// proof failed. For other findings it prints nothing.
func WriteSides(w io.Writer, f rewrite.Finding) error {
	if f.Sides == "" {
		return nil
	}
	if _, err := fmt.Fprintf(w, "%s:%d:%d: %s\n", ReplaceUnprintable(f.File), f.Start.Line, f.Start.Column, f.Rule.Code); err != nil {
		return err
	}
	for line := range strings.Lines(f.Sides) {
		if _, err := fmt.Fprintf(w, "  %s\n", ReplaceUnprintable(strings.TrimSuffix(line, "\n"))); err != nil {
			return err
		}
	}
	return nil
}
