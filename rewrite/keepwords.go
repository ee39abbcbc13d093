package rewrite

import (
	"fmt"
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
)

// sinkFlags are the flags that log sinks add, change or remove, and the
// program's own flags that they stand for.
var sinkFlags = []string{
	"logtostderr", "alsologtostderr", "log-file", "log-file-max-size", "log-dir", "stderrthreshold",
	"one-output", "skip-headers", "skip-log-headers", "add-dir-header", "log-backtrace-at",
	"also-stdout", "redirect-stderr", "logger", "log-outputs",
}

func isSinkFlag(w invocation.Word) bool {
	name, _, _ := strings.Cut(w.String(), "=")
	if !strings.HasPrefix(name, "-") {
		return false
	}
	return slices.Contains(sinkFlags, strings.ReplaceAll(strings.TrimLeft(name, "-"), "_", "-"))
}

// keepsWords checks that the new array holds every word of the program in
// order, and besides them only the log sink's: flags, which for the native sink
// are the program's own, and one log runner.
func keepsWords(words, argv []invocation.Word, sink string) error {
	i, runner := 0, sink == "runner"
	skip := func(until string) {
		for i < len(words) && words[i].String() != until && droppable(words, i) {
			i++
		}
	}
	for _, w := range argv {
		if !isSinkFlag(w) { // a sink's own flag says nothing about where the words are
			skip(w.String())
		}
		switch {
		case i < len(words) && words[i].String() == w.String() && words[i].Several == w.Several:
			i++
		case isSinkFlag(w), sink == "native" && strings.HasPrefix(w.String(), "-"):
		case runner:
			runner = false
		default:
			return fmt.Errorf("the array has %q where the script has other words", w.String())
		}
	}
	skip("")
	if i < len(words) {
		return fmt.Errorf("the array lacks %q", words[i].String())
	}
	return nil
}

// droppable reports a log flag that a sink may replace, or the value that
// follows one as a word of its own.
func droppable(words []invocation.Word, i int) bool {
	return isSinkFlag(words[i]) || i > 0 && isSinkFlag(words[i-1]) && !strings.Contains(words[i-1].String(), "=") && !isSwitch(words[i-1])
}

// isSwitch reports a log flag that takes no word after it as its value.
func isSwitch(w invocation.Word) bool {
	name := strings.ReplaceAll(strings.TrimLeft(w.String(), "-"), "_", "-")
	return slices.Contains([]string{"logtostderr", "alsologtostderr", "one-output", "skip-headers", "skip-log-headers", "add-dir-header"}, name)
}
