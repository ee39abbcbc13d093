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

// trees measures everything but hostile input: the sparse tree, the dense one, the
// one like it in which no two files are alike, and the one that changes.
func (b *bench) trees(sparseDir, denseDir, apartDir, changingDir string) error {
	if err := b.page.put("machine", fmt.Sprintf("Taken on %s on %d cores of %s/%s, medians of %d runs, warm cache.\n",
		time.Now().Format("2006-01-02"), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, b.runs)); err != nil {
		return err
	}
	dense := func(t tree) error { return b.dense(t, apartDir) }
	dirs := []string{sparseDir, denseDir, changingDir}
	for i, part := range []func(tree) error{b.sparse, dense, b.changing} {
		t, err := newTree(dirs[i])
		if err == nil {
			err = part(t)
		}
		if err != nil {
			return err
		}
	}
	return b.startUp()
}

// sparse compares with peers over a hundred thousand files, and looks at how time
// grows up to all.
func (b *bench) sparse(t tree) error {
	parts, err := t.parts()
	if err != nil {
		return err
	}
	last := parts[min(len(parts), comparedPart)-1]
	if err := b.page.put("sparse", "Sparse tree: "+last.String()+".\n\n"+b.compare(b.sparsePeers(last))); err != nil {
		return err
	}
	if err := b.scaling(parts); err != nil {
		return err
	}
	return b.cores(last)
}

// comparedPart is which part of a sparse tree the peers read.
const comparedPart = 3

// dense compares with peers, and with a tree in which no two files are alike.
func (b *bench) dense(t tree, apartDir string) error {
	peers, err := b.densePeers(t, apartDir)
	if err != nil {
		return err
	}
	if err := b.page.put("dense", "Dense tree: "+t.String()+".\n\n"+b.compare(peers)); err != nil {
		return err
	}
	return b.large()
}

// scaling checks growing parts of the sparse tree.
func (b *bench) scaling(parts []tree) error {
	var rows []sized
	for _, part := range parts {
		c := b.measure(nil, []string{b.self, "check", "--fail-on=none", part.dir})
		rows = append(rows, sized{fmt.Sprintf("%d files", part.files), part.size, c})
	}
	return b.page.put("scaling", growth(rows))
}

// large checks one file of pods, each with a shell command.
func (b *bench) large() error {
	dir, err := os.MkdirTemp("", "shellfree-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var rows []sized
	most := cmp.Or(b.largest, 50) * 1e6
	for _, size := range []int{most / 10, most / 5, most / 2, most} {
		file := filepath.Join(dir, fmt.Sprintf("%d.yaml", size))
		made, err := create(shellPods, size, file)
		if err != nil {
			return err
		}
		c := b.measure(nil, []string{b.self, "check", "--fail-on=none", file})
		rows = append(rows, sized{"one file", made, c})
	}
	return b.page.put("large", growth(rows))
}

// sized is what checking so many bytes took.
type sized struct {
	name string
	size int64
	cost
}

// growth returns a line for each size, and how time grows with bytes.
func growth(rows []sized) string {
	t := newTable("", "bytes", "CPU", "CPU for each MB", "peak memory")
	var x, y []float64
	for _, r := range rows {
		t.row(r.name, megabytes(r.size), seconds(r.cost), fmt.Sprintf("%.1f ms", r.cpu.Seconds()*1e9/float64(r.size)), megabytes(r.peak))
		x, y = append(x, float64(r.size)), append(y, r.cpu.Seconds())
	}
	if len(x) < 2 {
		return t.String()
	}
	return fmt.Sprintf("%s\nCPU grows with the %.2fth power of the bytes (least squares over the logarithms).\n", t, exponent(x, y))
}

// cores compares one core with two.
func (b *bench) cores(t tree) error {
	out := newTable("", "wall", "CPU")
	var walls []time.Duration
	for _, n := range []string{"1", "2"} {
		c := b.measure([]string{"GOMAXPROCS=" + n}, []string{b.self, "check", "--fail-on=none", t.dir})
		out.row("`GOMAXPROCS="+n+"`", fmt.Sprintf("%.2f s", c.wall.Seconds()), seconds(c))
		walls = append(walls, c.wall)
	}
	return b.page.put("cores", fmt.Sprintf("%s\nTwo cores are %s times as fast as one.\n", out, ratio(walls[0], walls[1])))
}

// changing makes every fix of a tree in which each file has one.
func (b *bench) changing(t tree) error {
	dir, err := os.MkdirTemp("", "shellfree-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	in := []string{"env", "-C", t.dir, b.self}
	out := newTable("", "wall", "CPU", "MB a second and core", "peak memory")
	for _, args := range [][]string{{"diff", "."}, {"rewrite", "--output-dir=" + dir, "."}} {
		c := b.measure(nil, append(in[:len(in):len(in)], args...))
		out.row("`shellfree "+args[0]+"`", fmt.Sprintf("%.2f s", c.wall.Seconds()), seconds(c), fmt.Sprintf("%.1f", float64(t.size)/1e6/c.cpu.Seconds()), megabytes(c.peak))
	}
	return b.page.put("changing", "Every file changes: "+t.String()+".\n\n"+out.String())
}

// startUp times what takes no time.
func (b *bench) startUp() error {
	file := filepath.Join(os.TempDir(), fmt.Sprintf("shellfree-bench-%d.yaml", os.Getpid()))
	if err := os.WriteFile(file, pods(1), 0o666); err != nil {
		return err
	}
	defer os.Remove(file)
	out := newTable("", "wall", "peak memory")
	for _, args := range [][]string{{"version"}, {"check", file}} {
		c := b.measure(nil, append([]string{b.self}, args...))
		name := strings.Replace(strings.Join(args, " "), file, "a file with one fix", 1)
		out.row("`shellfree "+name+"`", fmt.Sprintf("%.0f ms", c.wall.Seconds()*1e3), megabytes(c.peak))
	}
	return b.page.put("start", out.String())
}
