// Trees makes the folders for the benchmarks, equal at every run:
//
//	go run ./testdata/trees sparse DIR FILES         like GitOps trees, few shells
//	go run ./testdata/trees changing DIR FILES       in each file a shell with a fix
//	go run ./testdata/trees dense DIR FILES FROM     copies of the manifests in FROM
//	go run ./testdata/trees apart DIR FILES FROM     the same, but no two files are equal
//	go run ./testdata/trees schemas DIR BUNDLE       JSON schemas from kyaml's bundle
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "trees:", err)
		os.Exit(2)
	}
}

func run(args []string) error {
	if len(args) < 3 {
		return errors.New("want sparse DIR FILES, changing DIR FILES, dense or apart DIR FILES FROM, or schemas DIR BUNDLE")
	}
	if len(args) == 3 && args[0] == "schemas" {
		return writeSchemas(args[1], args[2])
	}
	n, err := strconv.Atoi(args[2])
	switch {
	case err != nil:
		return err
	case len(args) == 3 && args[0] == "sparse":
		return writeSparseTree(args[1], n, shellShare)
	case len(args) == 3 && args[0] == "changing":
		return writeSparseTree(args[1], n, 100)
	case len(args) == 4 && args[0] == "dense":
		return writeDenseTree(args[1], n, args[3], "")
	case len(args) == 4 && args[0] == "apart":
		return writeDenseTree(args[1], n, args[3], "\n")
	}
	return fmt.Errorf("%q is not known, or has too many or too few words", args[0])
}

// writeFile writes one file, and makes its folder.
func writeFile(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o666)
}
