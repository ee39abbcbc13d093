package main

import (
	"errors"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// cost is the time and memory of one run, with its output.
type cost struct {
	wall, cpu      time.Duration
	peak           int64 // bytes
	stdout, stderr output
	stopped        bool // the time limit ended it
}

// limit ends a run that takes too long.
const limit = 10 * time.Minute

// medianCost runs commands one after the other, several times, and returns the medians.
// One more run before warms the cache; the output is that of this run.
func (b *bench) medianCost(env []string, argvs ...[]string) cost {
	warm := runAll(env, argvs, true)
	var all []cost
	for range b.runs {
		if warm.stopped {
			return warm
		}
		all = append(all, runAll(env, argvs, false))
	}
	by := func(less func(a, b cost) int) cost {
		slices.SortFunc(all, less)
		return all[len(all)/2]
	}
	warm.wall = by(func(a, b cost) int { return int(a.wall - b.wall) }).wall
	warm.cpu = by(func(a, b cost) int { return int(a.cpu - b.cpu) }).cpu
	warm.peak = by(func(a, b cost) int { return int(a.peak - b.peak) }).peak
	return warm
}

// runAll runs commands one after the other and returns the sum of their costs.
func runAll(env []string, argvs [][]string, keep bool) cost {
	var sum cost
	for _, argv := range argvs {
		c := runCommand(env, argv, keep)
		sum.wall, sum.cpu, sum.peak = sum.wall+c.wall, sum.cpu+c.cpu, max(sum.peak, c.peak)
		sum.stdout.add(c.stdout)
		sum.stderr.add(c.stderr)
		sum.stopped = sum.stopped || c.stopped
	}
	return sum
}

// runCommand runs a command with additional environment, and keeps its output if keep is
// true. Its exit status does not matter.
func runCommand(env, argv []string, keep bool) cost {
	var c cost
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Env = append(os.Environ(), env...)
	if keep {
		cmd.Stdout, cmd.Stderr = &c.stdout, &c.stderr
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return cost{stderr: output{tail: []byte(err.Error())}, stopped: true}
	}
	stop := time.AfterFunc(limit, func() { _ = cmd.Process.Kill() }) // fails if it has just ended
	err := cmd.Wait()
	c.wall, c.stopped = time.Since(began), !stop.Stop()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		c.stopped = true
	}
	c.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.peak = usage.Maxrss * 1024
	}
	return c
}
