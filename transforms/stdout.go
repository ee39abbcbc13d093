package transforms

import (
	"shellfree/rewrite/doubt"
	"shellfree/rewrite/invocation"
)

// Stdout drops the redirection: the cluster collects what containers write.
var Stdout = Sink{
	Name:      "stdout",
	Doc:       "drops the redirection, for clusters that collect the containers' logs",
	Says:      "start it directly, its output goes to the container's log",
	OnlyAsked: true,
	NoFile:    true,
	Keep:      func(candidate) plan { return plan{} },
	WayOut:    func(candidate) string { return "use --log-sink=stdout where the cluster collects container logs" },
	Doubts:    []doubt.About[sinkCase]{unwrittenFile, shownOutput},
}

var unwrittenFile = doubt.About[sinkCase]{
	Name: "unwritten-file",
	Doc: "Raised by every redirection to a file, since this sink drops it. " +
		"The file is no longer written, and the manifest doesn't say whether something reads it. " +
		"Check the log agents, sidecars and scripts of the node that may read it.",
	Look: func(c sinkCase) doubt.Raised {
		return reviewIf(c.shape != invocation.Discard, c.file+" is no longer written, its log goes to the container's log: check what reads the file")
	},
}

var shownOutput = doubt.About[sinkCase]{
	Name: "shown-output",
	Doc: "Raised where the shell threw output away (/dev/null) that now goes to the container's log. " +
		"It may be much, or hold what should not be in the log. " +
		"Look at what the program prints, or take a log sink that throws it away as the shell did.",
	Look: func(c sinkCase) doubt.Raised {
		return reviewIf(c.shape == invocation.Discard, "output that was thrown away (/dev/null) now goes to the container's log")
	},
}
