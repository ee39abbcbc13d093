//go:build unix

package command

import (
	"runtime"
	"syscall"
)

// peakMemory returns the largest number of bytes that the process had in memory at
// once (getrusage(2) counts kilobytes, on Darwin bytes).
func peakMemory() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) * 1024
}
