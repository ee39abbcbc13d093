package main

import "bytes"

// output is what is kept of what a command prints. The bench stays small: Linux
// counts what a process had in memory as that of a program it starts.
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

// add joins the output of the next command.
func (o *output) add(next output) {
	lines := o.lines + next.lines
	o.Write(next.tail)
	o.lines = lines
}
