package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

// page prints the tables on stdout, and writes them between the markers of a file.
type page struct {
	file string // "" for none
	text []byte
}

func newPage(file string) (*page, error) {
	if file == "" {
		return &page{}, nil
	}
	text, err := os.ReadFile(file)
	return &page{file, text}, err
}

// printPart prints a part and writes it between its markers.
func (p *page) printPart(name, part string) error {
	fmt.Printf("%s\n", part)
	if p.file == "" {
		return nil
	}
	mark := []byte("<!-- bench " + name + " -->\n")
	head, rest, found := bytes.Cut(p.text, mark)
	_, tail, ended := bytes.Cut(rest, []byte("<!-- end -->\n"))
	if !found || !ended {
		return fmt.Errorf("%s has no %s with <!-- end --> after it: add the two lines at the place for the table", p.file, bytes.TrimSpace(mark))
	}
	p.text = []byte(string(head) + string(mark) + part + "<!-- end -->\n" + string(tail))
	return nil
}

func (p *page) saveFile() error {
	if p.file == "" {
		return nil
	}
	return os.WriteFile(p.file, p.text, 0o644)
}

// table is a Markdown table. All columns except the first hold numbers.
type table struct{ strings.Builder }

func newTable(columns ...string) *table {
	t := &table{}
	t.addRow(columns...)
	t.addRow(append([]string{"---"}, strings.Split(strings.Repeat("--: ", len(columns)-1), " ")[:len(columns)-1]...)...)
	return t
}

func (t *table) addRow(cells ...string) {
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(c, "|", `\|`)
	}
	fmt.Fprintf(t, "| %s |\n", strings.Join(cells, " | "))
}

func seconds(c cost) string {
	if c.stopped {
		return "stopped"
	}
	return fmt.Sprintf("%.2f s", c.cpu.Seconds())
}

func megabytes(n int64) string {
	if n < 10e6 {
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.0f MB", float64(n)/1e6)
}
