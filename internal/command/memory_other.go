//go:build !unix

package command

import "runtime"

// peakMemory returns the number of bytes that the runtime has taken from the system.
func peakMemory() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
