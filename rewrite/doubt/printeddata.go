package doubt

import (
	"regexp"

	"shellfree/rewrite/invocation"
)

// PrintedData is the doubt "printed-data".
var PrintedData = Doubt{About[Case]{
	Name: "printed-data",
	Doc: "an option of the program sends data to its stdout, such as --audit-log-path=-. Those lines were in the file too; a program that writes its log file itself prints them to the container's log from now on. " +
		"Settled by naming a file in that option, or by --log-sink=runner.",
	Look: func(c Case) Raised {
		sink := c.Conversion.Sink
		if sink.Name == "" || sink.Front || c.Invocation.Stdout.Kind != invocation.ToFile {
			return Raised{}
		}
		for _, w := range c.Invocation.Words[1:] {
			if m := toStdout.FindStringSubmatch(w.String()); m != nil {
				return Review(w.String() + " sends data to stdout, which was in the file and goes to the container's log from now on: name a file there, or use --log-sink=runner where the image carries a log runner")
			}
		}
		return Raised{}
	},
}, Fix}

// toStdout matches an option whose value is the program's own stdout.
var toStdout = regexp.MustCompile(`^--?[A-Za-z][A-Za-z0-9._-]*=(-|/dev/stdout|/dev/fd/1|/proc/(self|1)/fd/1)$`)
