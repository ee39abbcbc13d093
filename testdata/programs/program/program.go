// Package program is a small program that behaves like a server. It logs through the version
// of klog that its main package imports, and also prints without klog.
package program

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"
)

// Logger holds the functions of one version of klog.
type Logger struct {
	InitFlags            func(*flag.FlagSet)
	Info, Warning, Error func(...any)
	Flush                func()
}

// Main logs a line at each level, prints one on each stream, and ends. The environment
// chooses how:
//
//	PROGRAM_FLAGS  how klog's flags are registered, see parseArguments
//	PROGRAM_END    "panic", "exit" (status 7), anything else: status 0
func Main(log Logger) {
	defer log.Flush() // as component-base's cli.Run does, before a panic too
	if err := parseArguments(log, os.Getenv("PROGRAM_FLAGS"), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
	log.Info("says first")
	log.Flush() // klog does that every few seconds
	log.Info("says info")
	log.Warning("says warning")
	log.Error("says error")
	fmt.Println("says out")
	fmt.Fprintln(os.Stderr, "says err")
	switch os.Getenv("PROGRAM_END") {
	case "panic":
		panic("says panic")
	case "exit":
		log.Flush()
		os.Exit(7)
	}
}

// parseArguments registers --port and klog's flags, and reads the arguments. Programs differ in
// how they do that:
//
//	plain       Go's flag package, as CSI sidecars: --log_file; exit 2
//	underscore  pflag, as glbc: --log_file; exit 2
//	dash        pflag under new names, as the konnectivity server: --log-file; exit 2
//	both        pflag with component-base's normaliser, as core components: both spellings; exit 1
//	removed     as both, without klog's flags, as core components from 1.26 on
//	flagless    as plain, without klog's flags
//
// The exit status in the list is the one for an unknown flag. An error makes it 1, as in cobra.
func parseArguments(log Logger, style string, args []string) error {
	klogFlags := flag.NewFlagSet("klog", flag.ContinueOnError)
	log.InitFlags(klogFlags)
	// component-base set this before it parsed the flags (logs.go, init). It is klog's own
	// default from v0.2.0 on.
	if err := klogFlags.Set("logtostderr", "true"); err != nil {
		return err
	}
	switch style {
	case "plain", "flagless":
		return parsePlain(klogFlags, style, args)
	case "underscore", "dash", "both", "removed":
		return parsePflag(klogFlags, style, args)
	}
	return fmt.Errorf("PROGRAM_FLAGS is %q: set it to plain, underscore, dash, both, removed or flagless", style)
}

func parsePlain(klogFlags *flag.FlagSet, style string, args []string) error {
	flags := flag.NewFlagSet(os.Args[0], flag.ExitOnError)
	flags.Int("port", 0, "an `option` of the program's own")
	if style == "plain" {
		klogFlags.VisitAll(func(f *flag.Flag) { flags.Var(f.Value, f.Name, f.Usage) })
	}
	return flags.Parse(args)
}

func parsePflag(klogFlags *flag.FlagSet, style string, args []string) error {
	handling := pflag.ExitOnError
	if style == "both" || style == "removed" {
		handling = pflag.ContinueOnError
	}
	flags := pflag.NewFlagSet(os.Args[0], handling)
	flags.Int("port", 0, "an `option` of the program's own")
	if style == "both" {
		flags.SetNormalizeFunc(wordSep)
	}
	klogFlags.VisitAll(func(f *flag.Flag) {
		added := pflag.PFlagFromGoFlag(f)
		if style == "dash" {
			added.Name = strings.ReplaceAll(added.Name, "_", "-")
		}
		if style != "removed" {
			flags.AddFlag(added)
		}
	})
	return flags.Parse(args)
}

// wordSep does the same as component-base's WordSepNormalizeFunc.
func wordSep(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	return pflag.NormalizedName(strings.ReplaceAll(name, "_", "-"))
}
