package transforms

import (
	"shellfree/rewrite/doubt"
	"shellfree/rewrite/invocation"
)

var runnerInImage = doubt.About[sinkCase]{
	Name: "runner-in-image",
	Doc: "Raised where the image may lack the log runner, without which the container does not start: its name can't be read, or its version is older than the published images with one. " +
		"It is cleared by the catalogue, which knows the published images of a program, by the user who names the sink, and by the configuration. " +
		"Say under images in .shellfree.yaml whether an image carries the log runner, and where.",
	Look: func(c sinkCase) doubt.Raised {
		image := ImageName(c.target.Image)
		switch {
		case c.saysRunner():
			return doubt.Cleared("the configuration says that " + image + " carries " + c.runnerPath())
		case c.userNamesSink && c.predatesRunner():
			return doubt.Review("published images of " + c.name + " carry a log runner from " + c.entry.Runner.From.String() + " only: check that this one has " + c.runnerPath())
		case c.imageRefusal() == "" && !c.hasReadableImage() && !c.userNamesSink:
			return doubt.Review("check that the image carries " + c.runnerPath() + ", as the published images of " + c.name + " do")
		case c.imageRefusal() == "" && c.hasReadableImage():
			return doubt.Cleared(c.title() + ": published images carry " + c.runnerPath() + " from " + c.entry.Runner.From.String() + " (" + c.entry.origin() + ")")
		}
		return doubt.Cleared("--log-sink=runner says that the image carries " + c.runnerPath())
	},
}

var discardedOutput = doubt.About[sinkCase]{
	Name: "discarded-output",
	Doc: "Raised where the shell threw the program's output away (/dev/null) and the log runner goes on doing so. " +
		"Nothing changes, but a conversion is a good time to ask whether the output is worth keeping. " +
		"Take the redirection out of the script to let the output go to the container's log.",
	Look: func(c sinkCase) doubt.Raised {
		return reviewIf(c.shape == invocation.Discard, "the output is still thrown away, by the log runner: check that it is not needed")
	},
}

var ownLogFiles = doubt.About[sinkCase]{
	Name: "own-log-files",
	Doc: "Raised where the program has flags that send its log to a file of its own (--log-file, --logtostderr=false). " +
		"They stay as they are, and such a file does not pass through the log runner. " +
		"Check that the file is still written where it is read, or take the flags out.",
	Look: func(c sinkCase) doubt.Raised {
		var reviews []string
		for _, f := range c.flagTable.findIn(c.inv.Words, max(c.flagsAt, 1)) {
			if !c.rejectsKlogFlags() && (f.name == "log-file" || f.name == "logtostderr" && !f.isTrue()) {
				reviews = append(reviews, f.text(c.inv.Words)+" is left as it is: what the program writes to a file of its own does not pass through the log runner")
			}
		}
		return doubt.Reviews(reviews...)
	},
}
