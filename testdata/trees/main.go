// Trees makes the folders that the benchmarks run over, the same at every run:
//
//	go run ./testdata/trees sparse DIR [FILES]       as GitOps trees are, few shells
//	go run ./testdata/trees dense DIR FILES FROM     copies of the manifests in FROM
package main

import (
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
	switch {
	case len(args) >= 2 && args[0] == "sparse":
		n := 100_000
		if len(args) > 2 {
			var err error
			if n, err = strconv.Atoi(args[2]); err != nil {
				return err
			}
		}
		return sparse(args[1], n)
	case len(args) == 4 && args[0] == "dense":
		n, err := strconv.Atoi(args[2])
		if err != nil {
			return err
		}
		return dense(args[1], n, args[3])
	}
	return fmt.Errorf("want sparse DIR [FILES] or dense DIR FILES FROM")
}

// write writes one file, with its folder.
func write(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o666)
}
