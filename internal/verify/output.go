package verify

import (
	"shellfree/rewrite/invocation"
	"shellfree/transforms"
)

// compareOutputs compares where the program's streams go. klog writes only its log to
// the file, while the shell and the log runner send stdout and stderr there.
func (c *Comparison) compareOutputs(before, after transforms.Unwound) {
	wasOut, wasErr := describeDestination(before.Stdout), describeDestination(before.Stderr)
	isOut, isErr := describeDestination(after.Stdout), describeDestination(after.Stderr)
	switch wasKlog, isKlog := before.Sink == transforms.Klog.Name, after.Sink == transforms.Klog.Name; {
	case isKlog && !wasKlog && wasOut == wasErr:
		c.compareStream("the output", wasErr, isErr)
		c.Notes = append(c.Notes, "only what the program logs through klog reaches the file, the rest goes to the container's log")
	case wasKlog && !isKlog && isOut == isErr:
		c.compareStream("the log", wasErr, isErr)
		c.Notes = append(c.Notes, "all that the program prints goes where only its log went")
	case wasOut == wasErr && isOut == isErr:
		c.compareStream("the output", wasOut, isOut)
	default:
		c.compareStream("stdout", wasOut, isOut)
		c.compareStream("stderr", wasErr, isErr)
	}
}

func (c *Comparison) compareStream(name, was, is string) {
	if was != is {
		c.addDifference(name + " went to " + was + ", now to " + is)
	}
}

// describeDestination returns where a stream goes, in words.
func describeDestination(d invocation.Destination) string {
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
