// Bench measures shellfree and its peers and prints the tables of docs/performance.md. The
// file that -write names gets them between its markers, <!-- bench NAME --> and
// <!-- end -->. Peers that are not installed are left out, with a message.
//
//	go run ./testdata/bench [-write FILE] trees SHELLFREE SPARSE DENSE APART CHANGING
//	go run ./testdata/bench [-write FILE] hostile SHELLFREE
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

// bench holds the flags.
type bench struct {
	self    string // absolute path of the shellfree to measure
	runs    int    // number of runs of each command; the medians are printed
	schemas string // location of schemas for kubeconform, "" for none
	largest int    // megabytes of the largest file
	page    *page
}

func main() {
	var b bench
	var file string
	flag.IntVar(&b.runs, "runs", 5, "how often each command is timed, after one that warms the cache")
	flag.StringVar(&b.schemas, "schemas", "", "kubeconform's -schema-location")
	flag.IntVar(&b.largest, "largest", 0, "megabytes of the largest file that is made (default 50; 10 for hostile)")
	flag.StringVar(&file, "write", "", "the file with markers that gets the tables")
	flag.Parse()
	if err := b.run(file, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
}

func (b *bench) run(file string, args []string) (err error) {
	if len(args) < 2 || b.runs < 1 || b.largest < 0 {
		return errors.New("want trees SHELLFREE SPARSE DENSE APART CHANGING, or hostile SHELLFREE")
	}
	if b.self, err = filepath.Abs(args[1]); err != nil {
		return err
	}
	if b.page, err = newPage(file); err != nil {
		return err
	}
	switch {
	case args[0] == "make" && len(args) == 4: // for the bench itself
		err = writeInput(args[1], args[2], args[3])
	case args[0] == "trees" && len(args) == 6:
		err = b.benchTrees(args[2], args[3], args[4], args[5])
	case args[0] == "hostile" && len(args) == 2:
		err = b.benchHostile()
	default:
		err = fmt.Errorf("%q is not known, or has too many or too few folders", args[0])
	}
	return errors.Join(err, b.page.saveFile())
}
