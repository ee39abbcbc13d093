// The program for the comparison with real shells in which klog writes the log file. It appends
// its arguments, environment and folder to a file beside it, prints a line, logs a line through
// k8s.io/klog/v2 and exits with 3.
package main

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"k8s.io/klog/v2"
)

func main() {
	self, err := os.Executable()
	check(err)
	record(filepath.Join(filepath.Dir(self), "record"))
	setFlags()
	os.Stdout.WriteString("to stdout\n")
	klog.Info("to stderr")
	klog.Flush()
	os.Exit(3)
}

// record writes arguments, environment and folder in the same form as the recorder without
// klog.
func record(file string) {
	var b strings.Builder
	line := func(key, value string) { b.WriteString(key + " " + strconv.Quote(value) + "\n") }
	for _, arg := range os.Args {
		line("arg", arg)
	}
	for _, entry := range os.Environ() {
		line("env", entry)
	}
	wd, err := syscall.Getwd()
	check(err)
	line("dir", wd)
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	check(err)
	_, err = f.WriteString(b.String())
	check(err)
}

// setFlags sets klog's flags in both spellings. It ignores all other arguments.
func setFlags() {
	flags := flag.NewFlagSet("klog", flag.ContinueOnError)
	klog.InitFlags(flags)
	for _, arg := range os.Args[1:] {
		name, value, _ := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
		if name = strings.ReplaceAll(name, "-", "_"); strings.HasPrefix(arg, "--") && strings.Contains(name, "log") && flags.Lookup(name) != nil {
			check(flags.Set(name, value))
		}
	}
}

func check(err error) {
	if err != nil {
		os.Stderr.WriteString("recorder: " + err.Error() + "\n")
		os.Exit(120)
	}
}
