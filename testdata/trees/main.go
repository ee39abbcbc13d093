// Trees makes the folders that the benchmarks run over, the same at every run:
//
//	go run ./testdata/trees sparse DIR FILES         as GitOps trees are, few shells
//	go run ./testdata/trees changing DIR FILES       a shell in each, which can go
//	go run ./testdata/trees dense DIR FILES FROM     copies of the manifests in FROM
//	go run ./testdata/trees apart DIR FILES FROM     the same, no two of them alike
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
		return schemas(args[1], args[2])
	}
	n, err := strconv.Atoi(args[2])
	switch {
	case err != nil:
		return err
	case len(args) == 3 && args[0] == "sparse":
		return sparse(args[1], n, shellShare)
	case len(args) == 3 && args[0] == "changing":
		return sparse(args[1], n, 100)
	case len(args) == 4 && args[0] == "dense":
		return dense(args[1], n, args[3], "")
	case len(args) == 4 && args[0] == "apart":
		return dense(args[1], n, args[3], "\n")
	}
	return fmt.Errorf("%q is not known, or has too many or too few words", args[0])
}

// write writes one file, with its folder.
func write(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o666)
}
