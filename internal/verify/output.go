package verify

import (
	"shellfree/rewrite/invocation"
	"shellfree/transforms"
)

// outputs compares where the program's streams go. klog sends its log to the
// file and leaves stdout alone, where shell and log runner send both.
func (c *Comparison) outputs(before, after transforms.Unwound) {
	wasOut, wasErr := describe(before.Stdout), describe(before.Stderr)
	isOut, isErr := describe(after.Stdout), describe(after.Stderr)
	switch wasKlog, isKlog := before.Sink == transforms.Klog.Name, after.Sink == transforms.Klog.Name; {
	case isKlog && !wasKlog && wasOut == wasErr:
		c.stream("the output", wasErr, isErr)
		c.Notes = append(c.Notes, "only what the program logs through klog reaches the file, the rest goes to the container's log")
	case wasKlog && !isKlog && isOut == isErr:
		c.stream("the log", wasErr, isErr)
		c.Notes = append(c.Notes, "all that the program prints goes where only its log went")
	case wasOut == wasErr && isOut == isErr:
		c.stream("the output", wasOut, isOut)
	default:
		c.stream("stdout", wasOut, isOut)
		c.stream("stderr", wasErr, isErr)
	}
}

func (c *Comparison) stream(name, was, is string) {
	if was != is {
		c.differ(name + " went to " + was + ", now to " + is)
	}
}

// describe says where a stream goes.
func describe(d invocation.Destination) string {
	switch d.Kind {
	case invocation.ToStdout:
		return "the container's stdout"
	case invocation.ToStderr:
		return "the container's stderr"
	case invocation.ToNull:
		return "/dev/null"
	}
	text := d.Path.String()
	if d.Tee {
		text += " and the container's log"
	}
	if !d.Append {
		text += " (truncated at each start)"
	}
	return text
}
