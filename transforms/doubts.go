package transforms

import (
	"slices"
	"strings"

	"shellfree/rewrite/doubt"
	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
)

// commonDoubts look at every exec form, with a sink or without one, after the
// sink's own.
var commonDoubts = []doubt.About[sinkCase]{mergedStreams, probeOutput, crossedStreams, programRemark}

// DescribedDoubt is a doubt as documentation shows it.
type DescribedDoubt struct {
	// Sink names the sinks that have it, with commas between; "" for a doubt about
	// every exec form.
	Sink      string
	Name, Doc string
}

// Doubts returns all doubts about log sinks, each name once: those of the sinks in
// their order, those about every exec form, and those about rejected log flags.
func Doubts() []DescribedDoubt {
	var all []DescribedDoubt
	for _, k := range Sinks() {
		all = describeDoubts(all, k.Name, k.Doubts)
	}
	all = describeDoubts(all, "", commonDoubts)
	return describeDoubts(all, "", migrationDoubts)
}

// describeDoubts adds the doubts of a sink; one that is there already gets its
// name.
func describeDoubts[T any](all []DescribedDoubt, sink string, doubts []doubt.About[T]) []DescribedDoubt {
	for _, d := range doubts {
		i := slices.IndexFunc(all, func(other DescribedDoubt) bool { return other.Name == d.Name })
		if i < 0 {
			all = append(all, DescribedDoubt{sink, d.Name, d.Doc})
		} else {
			all[i].Sink = strings.Join([]string{all[i].Sink, sink}, ", ")
		}
	}
	return all
}

var mergedStreams = doubt.About[sinkCase]{
	Name: "merged-streams",
	Doc: "Raised where the shell sent stdout and stderr to one stream of the container (2>&1) and no file is involved. " +
		"The program writes each to its own stream, so what reads only one of them sees less than before. " +
		"Check what reads the container's log; most collectors read both streams.",
	Look: func(c sinkCase) doubt.Raised {
		return reviewIf(c.shape == invocation.Merge, "the shell merged stdout and stderr, now the program writes each to its own stream")
	},
}

var probeOutput = doubt.About[sinkCase]{
	Name: "probe-output",
	Doc: "Raised where a probe or hook sends its output to /dev/null. " +
		"Without a shell nothing throws it away, and Kubernetes shows the output of a failing probe or hook in an event. " +
		"Check that the command prints nothing secret.",
	Look: func(c sinkCase) doubt.Raised {
		return reviewIf(!c.target.Output && c.shape == invocation.Discard, "the redirection to /dev/null is dropped: check that the command prints nothing secret, since a failing probe or hook shows its output in an event")
	},
}

var crossedStreams = doubt.About[sinkCase]{
	Name: "crossed-streams",
	Doc: "Raised where a stream that is not in the file went to the container's other stream, as stderr of 2>&1 >>F does. " +
		"No log sink does that, so the stream now goes where it goes by itself. " +
		"Check what reads the container's stdout or stderr alone.",
	Look: func(c sinkCase) doubt.Raised {
		switch {
		case c.shape == invocation.Merge:
			return doubt.Raised{}
		case c.inv.Stderr.Kind == invocation.ToStdout:
			return doubt.Review("stderr went to the container's stdout (2>&1 before the other redirection), now it goes to the container's stderr")
		case c.inv.Stdout.Kind == invocation.ToStderr:
			return doubt.Review("stdout went to the container's stderr (1>&2), now it goes to the container's stdout")
		}
		return doubt.Raised{}
	},
}

var programRemark = doubt.About[sinkCase]{
	Name: "program-remark",
	Doc: "Raised where the catalogue has a remark about the program in this version that holds for every log sink. " +
		"The remark says what to check. " +
		"It is settled by doing so; the remark of a configuration's own program can be changed there.",
	Look: func(c sinkCase) doubt.Raised {
		if c.entry == nil {
			return doubt.Raised{}
		}
		return lookAtRemarks(c.entry.Remarks, c)
	},
}

// appendOrTruncate is listed by each sink that writes the redirection's file.
var appendOrTruncate = doubt.About[sinkCase]{
	Name: "append-or-truncate",
	Doc: "Raised where the shell emptied the log file at each start (>) and the sink appends to it, or the other way round. " +
		"A file that is never emptied grows, and one that is loses the log of the run before. " +
		"Write >> in the script where the old lines may stay, and check what rotates the file.",
	Look: func(c sinkCase) doubt.Raised {
		d, hasFile := c.inv.File()
		truncates := c.plan.truncatingProgram != ""
		switch {
		case !hasFile:
			return doubt.Raised{}
		case truncates && d.Append:
			return doubt.Review(c.plan.truncatingProgram + " truncates " + c.file + " at each start, where the shell appended to it (>>)")
		case !truncates && !d.Append:
			return doubt.Review(c.file + " was truncated at each start, now it is appended to")
		case c.plan.truncatingUnknown:
			return doubt.Raised{}
		case truncates:
			return doubt.Cleared("both truncate")
		}
		return doubt.Cleared("both append")
	},
}

// reviewIf raises a review where a doubt has its subject.
func reviewIf(hasSubject bool, sentence string) doubt.Raised {
	if !hasSubject {
		return doubt.Raised{}
	}
	return doubt.Review(sentence)
}

// lookAtRemarks raises the reviews among remarks about the program's version.
// They are cleared where all are about other versions.
func lookAtRemarks(remarks []Remark, c sinkCase) doubt.Raised {
	reviews := reviewsFor(remarks, c.version)
	hasReview := slices.ContainsFunc(remarks, func(r Remark) bool { return r.Review != "" })
	if len(reviews) == 0 && hasReview && c.version.Known() {
		return doubt.Cleared("what the " + c.entry.origin() + " remarks is about other versions than " + c.title())
	}
	return doubt.Reviews(reviews...)
}

// lookAtPlaceholders raises a review of each placeholder that stands for several
// words, among which flags may be: its text with an end.
func lookAtPlaceholders(words []invocation.Word, end string) doubt.Raised {
	var raised doubt.Raised
	for _, w := range words {
		if w.Several {
			raised.Reviews = append(raised.Reviews, finding.Review{Placeholder: w.String(), Sentence: w.String() + end})
		}
	}
	return raised
}
