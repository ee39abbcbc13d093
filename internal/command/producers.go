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

// searchProducers searches all files below the paths, with any name, for the lines that
// fill the findings' placeholders, and adds the lines to the findings. Without
// placeholders, and if stdin is the only path, it reads no file.
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
	found := c.searchFiles(o, paths, producer.New(wanted))
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

// searchResult is the result of searching one file: for the text of each placeholder the
// lines that fill it.
type searchResult struct {
	found map[string]producer.Found
	err   error
}

// searchFiles searches the files below the paths. It skips files that are too large. A
// file that can't be read is printed but does not change the exit status, since it may
// have nothing to do with placeholders.
func (c *Command) searchFiles(o *options, paths []string, search *producer.Search) map[string]producer.Found {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	all := map[string][]producer.Found{}
	below := files.All(paths, files.Options{NoIgnore: o.noIgnore, Any: true, Exclude: o.config.Excludes})
	for s := range processInOrder(below, func() func(files.File, error) searchResult { return newSearcher(search, o.maxFileSize) }) {
		if s.err != nil {
			fmt.Fprintf(c.Stderr, "shellfree: %s: not searched for lines that fill placeholders\n", report.ReplaceUnprintable(s.err.Error()))
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

// newSearcher returns a function that searches one file after the other. It ignores
// folders that can't be read, since their errors were printed before.
func newSearcher(search *producer.Search, maxSize int64) func(files.File, error) searchResult {
	var buffer []byte
	return func(f files.File, err error) (s searchResult) {
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

// producerReview returns what a person must check about a placeholder after the search
// for its producer.
func producerReview(placeholder string, found producer.Found) []rewrite.Review {
	switch {
	case len(found.Producers) == 0:
		return []rewrite.Review{{Doubt: doubt.UnknownProducer, Placeholder: placeholder,
			Sentence: "no producer was found in the given paths: find the lines that fill " + placeholder + " elsewhere, and change them there"}}
	case len(found.Quoted) > 0:
		var places []string
		for _, l := range found.Quoted {
			places = append(places, fmt.Sprintf("%s:%d", l.File, l.Number))
		}
		return []rewrite.Review{{Doubt: doubt.QuotingProducer, Placeholder: placeholder,
			Sentence: "the text that fills " + placeholder + " has shell quotes (" + strings.Join(places, ", ") +
				"): the shell removed them, now the producer must"}}
	}
	return nil
}
