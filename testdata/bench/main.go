// Bench times shellfree and its peers side by side over the trees that
// testdata/trees makes, and prints the tables of docs/performance.md. Peers that
// are not installed are left out with a word.
//
//	go run ./testdata/bench SHELLFREE SPARSE DENSE
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// runs is how often each command is timed; the medians are printed.
const runs = 5

// shells is what the peer that only searches looks for.
const shells = "(sh|bash|ash|dash|ksh|zsh)"

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "bench: want SHELLFREE SPARSE DENSE")
		os.Exit(2)
	}
	self, err := filepath.Abs(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
	sparse, dense := os.Args[2], os.Args[3]
	fmt.Printf("%s, %d cores of %s/%s, medians of %d runs, warm cache.\n", time.Now().Format("2006-01-02"), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runs)
	title("Sparse tree", sparse)
	table([]peer{
		{"rg -l", []string{"rg", "-l", "--no-ignore", shells, sparse}},
		{"rg -c", []string{"rg", "-c", "--no-ignore", shells, sparse}},
		{"shellfree check", []string{self, "check", "--fail-on=none", sparse}},
		{"shellfree check --no-prefilter", []string{self, "check", "--fail-on=none", "--no-prefilter", sparse}},
	})
	title("Dense tree", dense)
	table([]peer{
		{"shellfree check", []string{self, "check", "--fail-on=none", dense}},
		{"shellfree diff", []string{"env", "-C", dense, self, "diff", "."}},
		{"ast-grep", []string{"ast-grep", "run", "--lang", "yaml", "--pattern", "command: $X", dense}},
		{"kubeconform", []string{"kubeconform", "-n", "2", "-ignore-missing-schemas", "-schema-location", os.DevNull, dense}},
	})
	title("Start-up", "")
	table([]peer{{"shellfree version", []string{self, "version"}}})
}

// title prints a heading with the size of a tree.
func title(name, dir string) {
	files, size := 0, int64(0)
	_ = filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				files, size = files+1, size+info.Size()
			}
		}
		return nil
	})
	fmt.Printf("\n## %s\n\n", name)
	if files > 0 {
		fmt.Printf("%d files, %.0f MB.\n\n", files, float64(size)/1e6)
	}
}

// peer is a command to time.
type peer struct {
	name string
	argv []string
}

// cost is what one run took.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // bytes
}

// table times the peers and prints a line for each; the ratios are to the first
// that is there.
func table(peers []peer) {
	fmt.Println("| | wall | ratio | CPU | ratio | peak memory |\n|---|--:|--:|--:|--:|--:|")
	var first *cost
	for _, p := range peers {
		if _, err := exec.LookPath(p.argv[0]); err != nil {
			fmt.Printf("| %s | not installed | | | | |\n", p.name)
			continue
		}
		c := measure(p.argv)
		if first == nil {
			first = &c
		}
		fmt.Printf("| %s | %.3f s | %.2f | %.3f s | %.2f | %.0f MB |\n", p.name, c.wall.Seconds(), c.wall.Seconds()/first.wall.Seconds(),
			c.cpu.Seconds(), c.cpu.Seconds()/first.cpu.Seconds(), float64(c.peak)/1e6)
	}
}

// measure returns the medians of several runs, after one that warms the cache.
func measure(argv []string) cost {
	var all []cost
	for i := range runs + 1 {
		if c := run(argv); i > 0 {
			all = append(all, c)
		}
	}
	by := func(less func(a, b cost) int) cost {
		slices.SortFunc(all, less)
		return all[len(all)/2]
	}
	return cost{
		wall: by(func(a, b cost) int { return int(a.wall - b.wall) }).wall,
		cpu:  by(func(a, b cost) int { return int(a.cpu - b.cpu) }).cpu,
		peak: by(func(a, b cost) int { return int(a.peak - b.peak) }).peak,
	}
}

// run runs a command; what it prints and how it exits is no matter.
func run(argv []string) cost {
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	began := time.Now()
	_ = cmd.Run()
	c := cost{wall: time.Since(began), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.peak = usage.Maxrss * 1024
	}
	return c
}
