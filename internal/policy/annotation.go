package policy

import (
	"errors"
	"fmt"
	"strings"

	"shellfree/rewrite"
)

// Annotation is the key of the annotation with which an object or a pod template
// makes exceptions for its containers.
const Annotation = "shellfree/ignore"

// parseAnnotation reads the entries of an annotation, which are separated by
// semicolons or line breaks. It returns the exceptions of all correct entries, even
// if others have mistakes.
func parseAnnotation(d rewrite.Directive) ([]*Exception, error) {
	if d.Key != Annotation {
		group, name, _ := strings.Cut(d.Key, "/")
		if (resembles(group, "shellfree") || strings.HasPrefix(group, "shellfree.")) && resembles(name, "ignore") {
			return nil, fmt.Errorf("annotation %q is not known: did you mean %s?", d.Key, Annotation)
		}
		return nil, nil
	}
	var all []*Exception
	var errs []error
	entries := 0
	for text := range strings.FieldsFuncSeq(d.Text, func(r rune) bool { return r == ';' || r == '\n' || r == '\r' }) {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		entries++
		e, err := parseEntry(text)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		all = append(all, e.exceptions("annotation", func(f rewrite.Finding) bool { return d.Covers(f.StartOffset) })...)
	}
	if entries == 0 {
		return nil, fmt.Errorf("annotation %s has no text: write the code of a rule, then the reason", Annotation)
	}
	if len(errs) == 0 {
		return all, nil
	}
	return all, joinErrors(errs)
}

// joinErrors joins errors into one whose message is a single line.
func joinErrors(errs []error) error {
	var texts []string
	for _, err := range errs {
		texts = append(texts, err.Error())
	}
	return errors.New(strings.Join(texts, "; "))
}
