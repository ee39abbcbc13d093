// Package unidiff writes unified diffs that git apply and patch take.
package unidiff

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// contextLines is the number of unchanged lines around a change, as in diff -u.
const contextLines = 3

// Diff returns the unified diff that turns before into after, or nil when they
// are equal. The names are paths with slashes, relative to the folder where the
// diff is applied, and carry the prefixes a/ and b/ already; Diff quotes special
// characters as git does. A line ends with LF; a CR is part of its line.
func Diff(oldName, newName string, before, after []byte) []byte {
	if bytes.Equal(before, after) {
		return nil
	}
	a, b := splitLines(before), splitLines(after)
	var out bytes.Buffer
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", quotePath(oldName), quotePath(newName))
	for rest := findChanges(a, b); len(rest) > 0; {
		n := countHunkChanges(rest)
		writeHunk(&out, a, b, rest[:n])
		rest = rest[n:]
	}
	return out.Bytes()
}

// splitLines splits a text after each LF.
func splitLines(text []byte) []string {
	all := strings.SplitAfter(string(text), "\n")
	if all[len(all)-1] == "" {
		return all[:len(all)-1]
	}
	return all
}

// change says that the lines from..to of the old text (0-based, to exclusive)
// became the lines from..to of the new one.
type change struct{ old, new span }

type span struct{ from, to int }

// maxLines is the most lines that are compared. go-diff writes each distinct line
// as a code point, and panics when there are more lines than code points.
const maxLines = 1_100_000

// findChanges returns the parts that differ, in order; none is empty on both sides.
func findChanges(a, b []string) []change {
	head := countEqual(len(a), len(b), func(i int) bool { return a[i] == b[i] })
	tail := countEqual(len(a)-head, len(b)-head, func(i int) bool { return a[len(a)-1-i] == b[len(b)-1-i] })
	whole := change{span{head, len(a) - tail}, span{head, len(b) - tail}}
	a, b = a[head:len(a)-tail], b[head:len(b)-tail]
	if len(a) == 0 || len(b) == 0 || len(a)+len(b) > maxLines {
		return []change{whole}
	}
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // else the result depends on the machine's speed
	ra, rb, _ := dmp.DiffLinesToRunes(strings.Join(a, ""), strings.Join(b, ""))
	oldLines, newLines := keepShared(ra, rb, head), keepShared(rb, ra, head)
	return changesBetween(dmp.DiffMainRunes(oldLines.runes, newLines.runes, false), oldLines.at, newLines.at, whole)
}

// countEqual returns how many of the first items of two lists are equal, where
// equal compares the items at index i.
func countEqual(n, m int, equal func(i int) bool) int {
	i := 0
	for i < n && i < m && equal(i) {
		i++
	}
	return i
}

// sharedLines are lines as runes, each with its line number (0-based).
type sharedLines struct {
	runes []rune
	at    []int
}

// keepShared leaves out the lines that the other text lacks. They are changes
// anyway, and the time of the diff grows with the square of their number.
func keepShared(lines, other []rune, head int) sharedLines {
	there := make(map[rune]bool, len(other))
	for _, r := range other {
		there[r] = true
	}
	var out sharedLines
	for i, r := range lines {
		if there[r] {
			out.runes, out.at = append(out.runes, r), append(out.at, head+i)
		}
	}
	return out
}

// changesBetween returns the parts of whole that lie between equal lines, given a
// diff with one rune for each line; oldAt and newAt are the lines' numbers.
func changesBetween(diffs []diffmatchpatch.Diff, oldAt, newAt []int, whole change) []change {
	var out []change
	c := change{span{whole.old.from, whole.old.from}, span{whole.new.from, whole.new.from}}
	add := func(oldTo, newTo int) {
		c.old.to, c.new.to = oldTo, newTo
		if c.old.from < oldTo || c.new.from < newTo {
			out = append(out, c)
		}
		c.old.from, c.new.from = oldTo+1, newTo+1
	}
	for _, d := range diffs {
		n := utf8.RuneCountInString(d.Text)
		if d.Type == diffmatchpatch.DiffEqual {
			for i := range n {
				add(oldAt[i], newAt[i])
			}
		}
		if d.Type != diffmatchpatch.DiffInsert {
			oldAt = oldAt[n:]
		}
		if d.Type != diffmatchpatch.DiffDelete {
			newAt = newAt[n:]
		}
	}
	add(whole.old.to, whole.new.to)
	return out
}

// countHunkChanges returns how many of the first changes belong to one hunk, since
// the unchanged lines around them touch.
func countHunkChanges(all []change) int {
	n := 1
	for n < len(all) && all[n].old.from-all[n-1].old.to <= 2*contextLines {
		n++
	}
	return n
}

// writeHunk writes some changes with the unchanged lines between and around them.
func writeHunk(out *bytes.Buffer, a, b []string, all []change) {
	first, last := all[0], all[len(all)-1]
	before := min(contextLines, first.old.from)
	end := min(len(a), last.old.to+contextLines)
	fmt.Fprintf(out, "@@ -%s +%s @@\n",
		hunkRange(first.old.from-before, end), hunkRange(first.new.from-before, last.new.to+end-last.old.to))
	at := first.old.from - before
	for _, c := range all {
		writeLines(out, ' ', a[at:c.old.from])
		writeLines(out, '-', a[c.old.from:c.old.to])
		writeLines(out, '+', b[c.new.from:c.new.to])
		at = c.old.to
	}
	writeLines(out, ' ', a[at:end])
}

// hunkRange writes the lines from..to as POSIX demands: the number of the first
// line, counted from 1, and the number of lines; for an empty range the number of
// the line before it.
func hunkRange(from, to int) string {
	switch to - from {
	case 0:
		return fmt.Sprintf("%d,0", from)
	case 1:
		return fmt.Sprint(from + 1)
	}
	return fmt.Sprintf("%d,%d", from+1, to-from)
}

func writeLines(out *bytes.Buffer, mark byte, all []string) {
	for _, line := range all {
		out.WriteByte(mark)
		out.WriteString(line)
		if !strings.HasSuffix(line, "\n") {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

// quotePath writes a name as git does (git's quote.c, core.quotePath on): control
// characters, quotes, backslashes and bytes from 0x80 on are escaped as in C. A
// tab ends a name with a blank, or patch would read the rest as a date.
func quotePath(name string) string {
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		if short := strings.IndexByte("\a\b\t\n\v\f\r\"\\", c); short >= 0 {
			b.WriteString(`\` + `abtnvfr"\`[short:short+1])
		} else if c < ' ' || c > '~' {
			fmt.Fprintf(&b, `\%03o`, c)
		} else {
			b.WriteByte(c)
		}
	}
	text := b.String()
	if text != name {
		text = `"` + text + `"`
	}
	if strings.Contains(name, " ") {
		text += "\t"
	}
	return text
}
