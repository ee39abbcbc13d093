package invocation

import (
	"path"
	"strings"
)

// wrapper is a program whose arguments are another program to start.
type wrapper struct {
	// elsewhere is set for wrappers that start it outside of this container, as
	// another user, or any number of times.
	elsewhere bool
	// valued lists the options that take the next word as their value.
	valued string
	// operands is how many words stand between the options and the program.
	operands int
	// assigns is set where NAME=value words may stand before the program.
	assigns bool
}

// wrapperNamed returns what is known of a wrapper by its base name.
func wrapperNamed(name string) (wrapper, bool) {
	switch name {
	case "timeout":
		return wrapper{valued: "-s --signal -k --kill-after", operands: 1}, true
	case "tini", "tini-static", "docker-init", "catatonit":
		return wrapper{valued: "-p -e"}, true
	case "dumb-init":
		return wrapper{valued: "-r --rewrite"}, true
	case "nice":
		return wrapper{valued: "-n --adjustment"}, true
	case "ionice":
		return wrapper{valued: "-c --class -n --classdata"}, true
	case "stdbuf":
		return wrapper{valued: "-i -o -e"}, true
	case "env":
		return wrapper{valued: "-u --unset -C --chdir", assigns: true}, true
	case "nohup", "setsid", "container-entrypoint", "go-runner", "kube-log-runner":
		return wrapper{}, true
	case "nsenter", "chroot", "su", "sudo", "su-exec", "gosu", "runuser", "setpriv", "unshare", "xargs", "flock", "ssh":
		return wrapper{elsewhere: true}, true
	}
	return wrapper{}, false
}

// programAt returns the index of the program that argv[i], a wrapper, starts.
func (w wrapper) programAt(argv []string, i int) int {
	for i++; i < len(argv); i++ {
		word := argv[i]
		switch {
		case word == "--":
			return i + 1 + w.operands
		case contains(w.valued, word):
			i++
		case strings.HasPrefix(word, "-") && word != "-":
		case w.assigns && assignment(word):
		default:
			return i + w.operands
		}
	}
	return i
}

func contains(list, word string) bool {
	for _, f := range strings.Fields(list) {
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
