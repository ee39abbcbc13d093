package invocation

import (
	"path"
	"strings"
)

// Wrapper is a program whose arguments are another program to start.
type Wrapper struct {
	// Elsewhere is set for wrappers that start it outside of this container, as
	// another user, or any number of times.
	Elsewhere bool
	// Runner is set for the log runners, which start it in this container.
	Runner bool
	// Valued lists the options that take the next word as their value, parted
	// by blanks.
	Valued string
	// Operands is how many words stand between the options and the program.
	Operands int
	// Assigns is set where NAME=value words may stand before the program.
	Assigns bool
}

// WrapperNamed returns what is known of a wrapper by its base name (GNU
// coreutils, util-linux, tini, dumb-init and kube-log-runner, each from its
// usage text).
func WrapperNamed(name string) (Wrapper, bool) {
	switch name {
	case "timeout":
		return Wrapper{Valued: "-s --signal -k --kill-after", Operands: 1}, true
	case "tini", "tini-static", "docker-init", "catatonit":
		return Wrapper{Valued: "-p -e"}, true
	case "dumb-init":
		return Wrapper{Valued: "-r --rewrite"}, true
	case "nice":
		return Wrapper{Valued: "-n --adjustment"}, true
	case "ionice":
		return Wrapper{Valued: "-c --class -n --classdata"}, true
	case "stdbuf":
		return Wrapper{Valued: "-i -o -e"}, true
	case "env":
		return Wrapper{Valued: "-u --unset -C --chdir", Assigns: true}, true
	case "nohup", "setsid", "container-entrypoint":
		return Wrapper{}, true
	case "go-runner", "kube-log-runner":
		return Wrapper{Runner: true}, true
	case "nsenter", "chroot", "su", "sudo", "su-exec", "gosu", "runuser", "setpriv", "unshare", "xargs", "flock", "ssh":
		return Wrapper{Elsewhere: true}, true
	}
	return Wrapper{}, false
}

// Wrapped returns the index of the program that argv starts through the wrapper
// at its front, which may be past the end; 0 where there is no wrapper.
func Wrapped(argv []string) int {
	if len(argv) == 0 {
		return 0
	}
	w, known := WrapperNamed(path.Base(argv[0]))
	if !known {
		return 0
	}
	return w.programAt(argv, 0)
}

// programAt returns the index of the program that argv[i], a wrapper, starts.
func (w Wrapper) programAt(argv []string, i int) int {
	for i++; i < len(argv); i++ {
		word := argv[i]
		switch {
		case word == "--":
			return i + 1 + w.Operands
		case Lists(w.Valued, word):
			i++
		case strings.HasPrefix(word, "-") && word != "-":
		case w.Assigns && assignment(word):
		default:
			return i + w.Operands
		}
	}
	return i
}

// Lists reports whether a list of words, with blanks between them, has one.
func Lists(list, word string) bool {
	for f := range strings.FieldsSeq(list) {
		if f == word {
			return true
		}
	}
	return false
}

// assignment reports whether a word is NAME=value.
func assignment(word string) bool {
	name, _, found := strings.Cut(word, "=")
	return found && isName(name)
}

// isName reports whether s is a name as POSIX defines it (3.235): letters,
// digits and underscores, not beginning with a digit.
func isName(s string) bool {
	for i, r := range s {
		if r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

// isShell reports whether the base name of a program is a shell's.
func isShell(program string) bool {
	switch path.Base(program) {
	case "sh", "bash", "dash", "ash", "ksh", "mksh", "zsh":
		return true
	}
	return false
}

// isScript reports whether a program is a script file by its name.
func isScript(program string) bool {
	return strings.HasSuffix(program, ".sh") && len(path.Base(program)) > len(".sh") && !strings.ContainsAny(program, " \t\n")
}
