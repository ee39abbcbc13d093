package main

import "bytes"

// output keeps the number of lines and the end of a command's output. The bench must take
// little memory, since Linux counts the memory of a process also for the programs that it
// starts.
type output struct {
	lines int
	tail  []byte // the last bytes
}

const tailSize = 4 << 10

func (o *output) Write(p []byte) (int, error) {
	o.lines += bytes.Count(p, []byte("\n"))
	o.tail = append(o.tail, p[max(0, len(p)-tailSize):]...)
	if len(o.tail) > 2*tailSize {
		o.tail = append(o.tail[:0], o.tail[len(o.tail)-tailSize:]...)
	}
	return len(p), nil
}

// add appends the output of the next command.
func (o *output) add(next output) {
	lines := o.lines + next.lines
	o.Write(next.tail)
	o.lines = lines
}
