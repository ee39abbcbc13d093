package command

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"shellfree/internal/files"
	"shellfree/internal/report"
	"shellfree/rewrite"
	"shellfree/rewrite/doubt"
	"shellfree/rewrite/producer"
)

// searchProducers looks for the lines that fill the findings' placeholders, in
// all files below the paths whatever their names, and writes them into the
// findings. Without such a placeholder no file is read; of stdin alone there is
// nothing to search.
func (c *Command) searchProducers(o *options, paths []string, findings []*rewrite.Finding) {
	var wanted []producer.Placeholder
	for _, f := range findings {
		for _, p := range f.Placeholders {
			wanted = append(wanted, p.Placeholder)
		}
	}
	if len(wanted) == 0 || len(paths) == 1 && paths[0] == "-" {
		return
	}
	found := c.lookFor(o, paths, producer.New(wanted))
	for _, f := range findings {
		var lines []producer.Found
		var reviews []rewrite.Review
		for _, p := range f.Placeholders {
			of := found[p.Text].In(f.File)
			lines, reviews = append(lines, of), append(reviews, producerReview(p.Text, of)...)
		}
		*f = f.Filled(lines, reviews)
	}
}

// searched is what a file shows of the placeholders, by their texts.
type searched struct {
	found map[string]producer.Found
	err   error
}

// lookFor searches the files below the paths. One that is too large is passed
// over; one that can't be read is told, and is no failure: it may be no script.
func (c *Command) lookFor(o *options, paths []string, search *producer.Search) map[string]producer.Found {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	all := map[string][]producer.Found{}
	below := files.All(paths, files.Options{NoIgnore: o.noIgnore, Any: true, Exclude: o.config.Excludes})
	for s := range inOrder(below, func() func(files.File, error) searched { return searcher(search, o.maxFileSize) }) {
		if s.err != nil {
			fmt.Fprintf(c.Stderr, "shellfree: %s: not searched for what fills placeholders\n", report.Printable(s.err.Error()))
		}
		for placeholder, f := range s.found {
			all[placeholder] = append(all[placeholder], f)
		}
	}
	joined := map[string]producer.Found{}
	for placeholder, found := range all {
		joined[placeholder] = producer.Join(found)
	}
	return joined
}

// searcher returns what searches one file after the other. A folder that can't be
// read was told before.
func searcher(search *producer.Search, maxSize int64) func(files.File, error) searched {
	var buffer []byte
	return func(f files.File, err error) (s searched) {
		if err != nil {
			return s
		}
		text, err := files.ReadInto(buffer, f.Path, maxSize)
		if err != nil {
			if !errors.As(err, new(*files.TooLargeError)) {
				s.err = err
			}
			return s
		}
		buffer = text
		s.found = search.File(filepath.ToSlash(f.Path), text)
		return s
	}
}

// producerReview says what a person must check after the search for what fills a
// placeholder.
func producerReview(placeholder string, found producer.Found) []rewrite.Review {
	switch {
	case len(found.Producers) == 0:
		return []rewrite.Review{{Doubt: doubt.UnknownProducer, Placeholder: placeholder,
			Sentence: "no producer was found in the given paths: find what fills " + placeholder + " elsewhere, and change it there"}}
	case len(found.Quoted) > 0:
		var places []string
		for _, l := range found.Quoted {
			places = append(places, fmt.Sprintf("%s:%d", l.File, l.Number))
		}
		return []rewrite.Review{{Doubt: doubt.QuotingProducer, Placeholder: placeholder,
			Sentence: "what fills " + placeholder + " carries shell quotes (" + strings.Join(places, ", ") +
				"): the shell took them away, now the producer must"}}
	}
	return nil
}
