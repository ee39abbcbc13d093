package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// benchTrees measures everything except hostile input: the sparse tree, the dense tree, the
// dense tree without equal files, and the tree in which every file changes.
func (b *bench) benchTrees(sparseDir, denseDir, apartDir, changingDir string) error {
	if err := b.page.printPart("machine", fmt.Sprintf("Taken on %s on %d cores of %s/%s, medians of %d runs, warm cache.\n",
		time.Now().Format("2006-01-02"), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, b.runs)); err != nil {
		return err
	}
	dense := func(t tree) error { return b.benchDense(t, apartDir) }
	dirs := []string{sparseDir, denseDir, changingDir}
	for i, part := range []func(tree) error{b.benchSparse, dense, b.benchChanging} {
		t, err := newTree(dirs[i])
		if err == nil {
			err = part(t)
		}
		if err != nil {
			return err
		}
	}
	return b.benchStartUp()
}

// benchSparse compares shellfree with peers over a hundred thousand files, and measures how
// its time grows up to the whole tree.
func (b *bench) benchSparse(t tree) error {
	parts, err := t.parts()
	if err != nil {
		return err
	}
	last := parts[min(len(parts), comparedPart)-1]
	if err := b.page.printPart("sparse", "Sparse tree: "+last.String()+".\n\n"+b.comparePeers(b.sparsePeers(last))); err != nil {
		return err
	}
	if err := b.benchScaling(parts); err != nil {
		return err
	}
	return b.benchCores(last)
}

// comparedPart is the index of the part of a sparse tree that the peers read.
const comparedPart = 3

// benchDense compares shellfree with peers, and with itself on a tree without equal files.
func (b *bench) benchDense(t tree, apartDir string) error {
	peers, err := b.densePeers(t, apartDir)
	if err != nil {
		return err
	}
	if err := b.page.printPart("dense", "Dense tree: "+t.String()+".\n\n"+b.comparePeers(peers)); err != nil {
		return err
	}
	return b.benchLarge()
}

// benchScaling checks growing parts of the sparse tree.
func (b *bench) benchScaling(parts []tree) error {
	var rows []sizedCost
	for _, part := range parts {
		c := b.medianCost(nil, []string{b.self, "check", "--fail-on=none", part.dir})
		rows = append(rows, sizedCost{fmt.Sprintf("%d files", part.files), part.size, c})
	}
	return b.page.printPart("scaling", growthTable(rows))
}

// benchLarge checks one file of pods, each with a shell command.
func (b *bench) benchLarge() error {
	dir, err := os.MkdirTemp("", "shellfree-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var rows []sizedCost
	most := cmp.Or(b.largest, 50) * 1e6
	for _, size := range []int{most / 10, most / 5, most / 2, most} {
		file := filepath.Join(dir, fmt.Sprintf("%d.yaml", size))
		made, err := createInput(shellPods, size, file)
		if err != nil {
			return err
		}
		c := b.medianCost(nil, []string{b.self, "check", "--fail-on=none", file})
		rows = append(rows, sizedCost{"one file", made, c})
	}
	return b.page.printPart("large", growthTable(rows))
}

// sizedCost is the cost of checking a number of bytes.
type sizedCost struct {
	name string
	size int64
	cost
}

// growthTable returns a line for each size, and the exponent with which time grows.
func growthTable(rows []sizedCost) string {
	t := newTable("", "bytes", "CPU", "CPU for each MB", "peak memory")
	var x, y []float64
	for _, r := range rows {
		t.addRow(r.name, megabytes(r.size), seconds(r.cost), fmt.Sprintf("%.1f ms", r.cpu.Seconds()*1e9/float64(r.size)), megabytes(r.peak))
		x, y = append(x, float64(r.size)), append(y, r.cpu.Seconds())
	}
	if len(x) < 2 {
		return t.String()
	}
	return fmt.Sprintf("%s\nCPU grows with the %.2fth power of the bytes (least squares over the logarithms).\n", t, exponent(x, y))
}

// benchCores compares one core with two.
func (b *bench) benchCores(t tree) error {
	out := newTable("", "wall", "CPU")
	var walls []time.Duration
	for _, n := range []string{"1", "2"} {
		c := b.medianCost([]string{"GOMAXPROCS=" + n}, []string{b.self, "check", "--fail-on=none", t.dir})
		out.addRow("`GOMAXPROCS="+n+"`", fmt.Sprintf("%.2f s", c.wall.Seconds()), seconds(c))
		walls = append(walls, c.wall)
	}
	return b.page.printPart("cores", fmt.Sprintf("%s\nTwo cores are %s times as fast as one.\n", out, ratio(walls[0], walls[1])))
}

// benchChanging makes every fix of a tree in which each file has one.
func (b *bench) benchChanging(t tree) error {
	dir, err := os.MkdirTemp("", "shellfree-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	in := []string{"env", "-C", t.dir, b.self}
	out := newTable("", "wall", "CPU", "MB a second and core", "peak memory")
	for _, args := range [][]string{{"diff", "."}, {"rewrite", "--output-dir=" + dir, "."}} {
		c := b.medianCost(nil, append(in[:len(in):len(in)], args...))
		out.addRow("`shellfree "+args[0]+"`", fmt.Sprintf("%.2f s", c.wall.Seconds()), seconds(c), fmt.Sprintf("%.1f", float64(t.size)/1e6/c.cpu.Seconds()), megabytes(c.peak))
	}
	return b.page.printPart("changing", "Every file changes: "+t.String()+".\n\n"+out.String())
}

// benchStartUp measures runs that have almost nothing to do.
func (b *bench) benchStartUp() error {
	file := filepath.Join(os.TempDir(), fmt.Sprintf("shellfree-bench-%d.yaml", os.Getpid()))
	if err := os.WriteFile(file, pods(1), 0o666); err != nil {
		return err
	}
	defer os.Remove(file)
	out := newTable("", "wall", "peak memory")
	for _, args := range [][]string{{"version"}, {"check", file}} {
		c := b.medianCost(nil, append([]string{b.self}, args...))
		name := strings.Replace(strings.Join(args, " "), file, "a file with one fix", 1)
		out.addRow("`shellfree "+name+"`", fmt.Sprintf("%.0f ms", c.wall.Seconds()*1e3), megabytes(c.peak))
	}
	return b.page.printPart("start", out.String())
}
