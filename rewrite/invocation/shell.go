package invocation

import (
	"path"
	"regexp"
	"strings"

	"shellfree/rewrite/rule"
)

// Obstacle says why a shell command has no exec form.
type Obstacle struct {
	Rule    rule.Rule
	Message string // lower-case, names the offending text, ends with what to do
}

func obstacle(r rule.Rule, parts ...string) *Obstacle {
	return &Obstacle{Rule: r, Message: strings.Join(parts, "")}
}

// Shell is the shell of a command array.
type Shell struct {
	Name string // base name (sh, bash), "" for a script file that is the program itself
	// Index is where the shell, or the script file, stands in the array; the
	// words before it are wrappers.
	Index int
	// Script is the index of the script that follows -c, -1 without one.
	Script int
	// OwnEnvironment is set where a wrapper gives the shell another environment
	// than the container's.
	OwnEnvironment bool
	// Errexit is set where a flag ends the script at the first failure.
	Errexit bool
	// Pipefail is set where a flag makes the status of a pipeline its program's.
	Pipefail bool
	// Remarks tell of flags whose effect the exec form lacks.
	Remarks []Remark
	// Obstacle is set when the array alone shows that there is no exec form.
	Obstacle *Obstacle
}

// FindShell looks for a shell in argv, the items of command followed by those
// of args: the first word, or what follows known wrappers. It reports false
// for an array that starts no shell.
func FindShell(argv []string) (Shell, bool) {
	environment := false
	for i := 0; i < len(argv); {
		name := path.Base(argv[i])
		if at := i + spelling(argv[i:]); at < len(argv) && isShell(argv[at]) {
			s := shellAt(argv, at)
			s.Index, s.OwnEnvironment = i, environment
			return s, true
		}
		if isScript(argv[i]) {
			return Shell{Index: i, Script: -1, Obstacle: scriptFile(argv[i])}, true
		}
		w, known := WrapperNamed(name)
		if !known {
			return Shell{}, false
		}
		if w.Elsewhere {
			return elsewhere(argv, i)
		}
		environment = environment || w.Assigns
		i = w.programAt(argv, i)
	}
	return Shell{}, false
}

// spelling returns how many words before a shell only say which one: `busybox
// sh`, and `env bash`, which looks it up as the runtime does anyway.
func spelling(argv []string) int {
	switch path.Base(argv[0]) {
	case "busybox", "env":
		return 1
	}
	return 0
}

// configFile matches the argument that programs other than shells take after -c.
var configFile = regexp.MustCompile(`^[\w./{}-]+\.(conf|cnf|cfg|config|ya?ml|json|toml|ini|properties|xml)$`)

// FindShellInArgs does the same where the array is args alone: the image's
// ENTRYPOINT decides what starts, so a shell there is always an obstacle.
func FindShellInArgs(args []string) (Shell, bool) {
	var what string
	if len(args) > 1 && commandFlag.MatchString(args[0]) && !configFile.MatchString(args[1]) {
		what = args[0]
	} else if shell, found := FindShell(args); found && shell.Name != "" {
		what = args[shell.Index]
	} else {
		return Shell{}, false
	}
	return Shell{Script: -1, Obstacle: obstacle(rule.ImageEntrypoint, "args begin with ", what,
		" and there is no command, so the image's entrypoint decides what starts: write the program into command")}, true
}

// commandFlag is -c, alone or among the letters that shells get beside it. More
// letters would take the flags of other programs, such as -config, for a shell's.
var commandFlag = regexp.MustCompile(`^-(c|[eiluvx]+c|c[eiluvx]+|[eux]+c[eux]+)$`)

func scriptFile(name string) *Obstacle {
	return obstacle(rule.ScriptFile, name, " is a script and needs a shell in the image: start its program directly, or keep an image with a shell")
}

// elsewhere handles wrappers after which a shell runs out of reach.
func elsewhere(argv []string, at int) (Shell, bool) {
	for i := at + 1; i < len(argv); i++ {
		if isShell(argv[i]) || isScript(argv[i]) {
			return Shell{Name: path.Base(argv[i]), Index: i, Script: -1, Obstacle: obstacle(rule.Elsewhere, path.Base(argv[at]), " starts ",
				path.Base(argv[i]), " elsewhere, as another user or many times: keep it in an image with a shell, or replace it by a program")}, true
		}
	}
	return Shell{}, false
}

// shellAt reads the words from the shell on: its flags, the script and what follows.
func shellAt(argv []string, at int) Shell {
	s := Shell{Name: path.Base(argv[at]), Index: at, Script: -1}
	if s.Name == "zsh" {
		s.Obstacle = obstacle(rule.ShellFlags, "zsh splits and expands words in its own way: say sh or bash if the script allows it")
		return s
	}
	rest, command := s.flags(argv, at+1)
	switch {
	case s.Obstacle != nil:
	case rest >= len(argv):
		s.Obstacle = obstacle(rule.BareShell, s.Name, " has no script: name the program that the container should start")
	case !command:
		s.Obstacle = scriptFile(argv[rest])
	case rest+1 < len(argv):
		s.Script = rest
		s.Obstacle = obstacle(rule.Positional, "the shell runs only ", quoteShort(argv[rest]), "; ", quoteShort(argv[rest+1]),
			" after it is just $0: write one script, or the words of one program")
	default:
		s.Script = rest
	}
	return s
}

// flags reads the shell's options from argv[i] on; it returns the index of the
// first operand and whether -c was among them. POSIX sh: options may stand on
// both sides of -c, -o takes a name, -- ends them.
func (s *Shell) flags(argv []string, i int) (rest int, command bool) {
	for ; i < len(argv); i++ {
		word := argv[i]
		switch {
		case word == "--":
			return i + 1, command
		case strings.HasPrefix(word, "-") && !strings.HasPrefix(word, "--") && word != "-":
			i = s.letters(argv, i, &command)
		case word == "-" || strings.HasPrefix(word, "--") || strings.HasPrefix(word, "+"):
			s.refuse(word)
		default:
			return i, command
		}
	}
	return i, command
}

// letters reads one word of option letters; it returns the index of the last
// wordOf it used.
func (s *Shell) letters(argv []string, i int, command *bool) int {
	for _, letter := range argv[i][1:] {
		switch letter {
		case 'c':
			*command = true
		case 'e':
			s.Errexit = true
		case 'u':
		case 'x', 'v':
			s.Remarks = append(s.Remarks, traces(s.Name+" -"+string(letter)))
		case 'o':
			if i++; i < len(argv) {
				s.option(argv[i])
			}
		default:
			s.refuse("-" + string(letter))
		}
	}
	return i
}

// traces is the remark on set -x and set -v.
func traces(flag string) Remark {
	return Remark{ShellTraces, "", flag + " printed each command on stderr, and the exec form does not: check that nothing reads these lines"}
}

func (s *Shell) option(name string) {
	switch {
	case name == "errexit":
		s.Errexit = true
	case name == "pipefail" && s.knowsPipefail():
		s.Pipefail = true
	case name == "nounset":
	case name == "xtrace" || name == "verbose":
		s.Remarks = append(s.Remarks, traces(s.Name+" -o "+name))
	default:
		s.refuse("-o " + name)
	}
}

// knowsPipefail reports whether the shell is one that has the option. sh may be dash,
// which ends there.
func (s *Shell) knowsPipefail() bool {
	return s.Name != "sh" && s.Name != "dash"
}

func (s *Shell) refuse(flag string) {
	if s.Obstacle == nil {
		s.Obstacle = obstacle(rule.ShellFlags, s.Name, " ", flag, " changes what the script means: drop the flag if the script doesn't need it")
	}
}

// quoteShort returns text for a message, on one line and not too long.
func quoteShort(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:57]) + "..."
	}
	return "`" + s + "`"
}
