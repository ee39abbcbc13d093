package transforms

import (
	"strings"

	"shellfree/rewrite/doubt"
)

var replacedKlogFlags = doubt.About[sinkCase]{
	Name: "replaced-klog-flags",
	Doc: "Raised where the command has log flags of klog already that send the log elsewhere, and the fix puts its own in their place. " +
		"The log is then in the redirection's file alone, and files that klog wrote before are no longer written. " +
		"Take the old flags out of the command, or check what reads the files that they name.",
	Look: func(c sinkCase) doubt.Raised {
		var reviews []string
		for _, f := range c.plan.droppedFlags {
			if f.looseWord != "" {
				reviews = append(reviews, "the word "+f.looseWord+" after "+f.text(c.inv.Words)+" is an argument of its own, since bool flags take a value with = only: check whether it is meant to be there")
			}
			if review := c.replacedFlagReview(f); review != "" {
				reviews = append(reviews, review)
			}
		}
		if len(reviews) == 0 && len(c.plan.droppedFlags) > 0 {
			return doubt.Cleared(c.plan.droppedFlags.texts(c.inv.Words) + " named no other place for the log")
		}
		return doubt.Reviews(reviews...)
	},
}

var unknownProgram = doubt.About[sinkCase]{
	Name: "unknown-program",
	Doc: "Raised where the catalogue doesn't know the program that would get klog's flags. " +
		"A program without them does not start. " +
		"Describe it under programs in .shellfree.yaml, or name its image and program under images there.",
	Look: func(c sinkCase) doubt.Raised {
		if c.entry == nil {
			return doubt.Review(c.name + " is not in the catalogue: check that it logs with klog and takes --logtostderr and --log-file in this spelling (some want --log_file), else it does not start")
		}
		return doubt.Cleared(c.name + " logs with klog (" + c.entry.origin() + ")")
	},
}

var unknownVersion = doubt.About[sinkCase]{
	Name: "unknown-version",
	Doc: "Raised where klog's flags came to the program with one version or went with another, and its version is not known. " +
		"A program that lacks them does not start. " +
		"Write the version in the image's tag, give --kubernetes-version for a component of Kubernetes, or the version under images in .shellfree.yaml.",
	Look: func(c sinkCase) doubt.Raised {
		switch {
		case c.entry == nil || !c.entry.Klog.From.Known() && !c.entry.Klog.Until.Known():
			return doubt.Raised{}
		case c.version.Known():
			return doubt.Cleared(c.title() + " takes klog's flags (" + c.entry.origin() + c.entry.Klog.versions() + ")")
		}
		return doubt.Review(c.unknownVersionReview())
	},
}

func (c candidate) unknownVersionReview() string {
	text := "the version of " + c.name + " can't be read from its image: check that it takes --log-file, which came with " + c.entry.Klog.From.String()
	if c.entry.Klog.Until.Known() {
		text += " and went with " + minorVersion(c.entry.Klog.Until)
	}
	if c.entry.Core {
		text += ", or give --kubernetes-version"
	}
	return text
}

// versions writes which versions take klog's flags, behind a comma.
func (k *KlogFlags) versions() string {
	text := ""
	if k.From.Known() {
		text += ", from " + k.From.String()
	}
	if k.Until.Known() {
		text += ", before " + k.Until.String()
	}
	return text
}

// minorVersion writes a version up to its minor number.
func minorVersion(v Version) string {
	parts := strings.SplitN(v.String(), ".", 3)
	return strings.Join(parts[:2], ".")
}

var logFileSize = doubt.About[sinkCase]{
	Name: "log-file-size",
	Doc: "Raised where the program is not known to take --log-file-max-size. " +
		"Without it klog empties its file at 1800 MB, and lines are lost that the shell would have kept. " +
		"Check that the file is rotated before it grows so large, or say under programs in .shellfree.yaml from which version the flag is taken (maxSizeFrom).",
	Look: func(c sinkCase) doubt.Raised {
		if c.takesMaxSize() {
			return doubt.Cleared(c.title() + " takes --log-file-max-size (" + c.entry.origin() + ", from " + c.entry.Klog.MaxSizeFrom.String() + ")")
		}
		return doubt.Review(c.spellFlag("--log-file-max-size=0") + " is not added, because " + c.title() +
			" is not known to take it: without it klog empties " + c.file + " at 1800 MB")
	},
}

var stdoutInLogFile = doubt.About[sinkCase]{
	Name: "stdout-in-log-file",
	Doc: "Raised where the shell kept only stdout in the file. " +
		"klog writes to the file what it logged on stderr before, and stdout now goes to the container's log. " +
		"Check what reads the file; a log runner in the image keeps stdout alone.",
	Look: func(c sinkCase) doubt.Raised {
		return reviewIf(c.keepsOnlyStdout(), "klog logs on stderr and only stdout went to "+c.file+": that file now gets the whole log, and stdout goes to the container's log")
	},
}

var placeholderKlogFlags = doubt.About[sinkCase]{
	Name: "placeholder-klog-flags",
	Doc: "Raised for each placeholder among the arguments that stands for any number of words. " +
		"A log flag among them would win over the added one, since the last counts. " +
		"Check what fills the placeholder.",
	Look: func(c sinkCase) doubt.Raised {
		return lookAtPlaceholders(c.inv.Words[c.flagsAt:], " must not bring log flags such as --logtostderr or --log-file: a later flag wins")
	},
}

var klogRemark = doubt.About[sinkCase]{
	Name: "klog-remark",
	Doc: "Raised where the catalogue has a remark about the program's klog in this version, such as one that loses lines. " +
		"The remark says what to check. " +
		"It is settled by doing so; the remark of a configuration's own program can be changed there.",
	Look: func(c sinkCase) doubt.Raised {
		if c.entry == nil {
			return doubt.Raised{}
		}
		return lookAtRemarks(c.entry.Klog.Remarks, c)
	},
}

// migrationDoubts look at exec forms whose klog flags the program rejects.
var migrationDoubts = []doubt.About[migration]{placeholderRejectedFlags, klogFiles}

var placeholderRejectedFlags = doubt.About[migration]{
	Name: "placeholder-rejected-flags",
	Doc: "Raised for each placeholder that stands for any number of words beside log flags that the program rejects. " +
		"A rejected flag among them still keeps the program from starting. " +
		"Check what fills the placeholder.",
	Look: func(m migration) doubt.Raised {
		return lookAtPlaceholders(m.inv.Words, " must not bring any of these flags either")
	},
}

var klogFiles = doubt.About[migration]{
	Name: "klog-files",
	Doc: "Raised where rejected flags let klog write files of its own that are no longer written. " +
		"The log then goes to the container's stderr, or through the log runner that is there. " +
		"Check what reads the files.",
	Look: func(m migration) doubt.Raised {
		file, hasFile := m.flags.lastNamed("log-file")
		_, hasDir := m.flags.lastNamed("log-dir")
		switch {
		case !m.flags.isOff("logtostderr"):
			return doubt.Raised{}
		case m.front != "" && (hasFile || hasDir):
			return doubt.Review("klog wrote files of its own, now its log goes through " + m.front + ": check what reads them")
		case m.front == "" && hasFile:
			return doubt.Cleared("the log stays in " + file.value.String())
		case m.front == "" && !hasDir:
			return doubt.Review("klog wrote its files into the temporary folder, now the log goes to the container's stderr")
		}
		return doubt.Raised{}
	},
}
