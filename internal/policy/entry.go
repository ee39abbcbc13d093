package policy

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"shellfree/internal/config"
	"shellfree/internal/suggestion"
	"shellfree/rewrite/rule"
)

// entry is the text of an exception in a file: SF203,SF205 reason until=DAY.
type entry struct {
	rules                    []rule.Rule
	reason, owner, container string
	until                    config.Day
}

// parseEntry reads what stands behind the marker.
func parseEntry(text string) (entry, error) {
	words := strings.Fields(text)
	codes, words := codesOf(words)
	if len(codes) == 0 {
		return entry{}, errors.New("the exception names no rule: write its code, then the reason")
	}
	var e entry
	for _, code := range codes {
		r, err := excepted(code)
		if err != nil {
			return e, err
		}
		if !slices.Contains(e.rules, r) {
			e.rules = append(e.rules, r)
		}
	}
	var reason []string
	for _, word := range words {
		taken, err := e.setting(word)
		if err != nil {
			return e, err
		}
		if !taken {
			reason = append(reason, word)
		}
	}
	if e.reason = strings.Join(reason, " "); strings.Trim(e.reason, " .:;-–—") == "" {
		return e, errors.New("the exception has no reason: say behind the code why it is accepted")
	}
	return e, nil
}

// codesOf parts the list of codes, which may have blanks behind its commas, from
// the other words.
func codesOf(words []string) (codes, rest []string) {
	for more := true; more && len(words) > 0; words = words[1:] {
		more = strings.HasSuffix(words[0], ",")
		for code := range strings.SplitSeq(strings.Trim(words[0], ",:"), ",") {
			codes = append(codes, code)
		}
	}
	return codes, words
}

// excepted returns the rule of a code in an exception.
func excepted(code string) (rule.Rule, error) {
	r, ok := rule.ByCode(strings.ToUpper(code))
	switch {
	case !ok:
		return r, fmt.Errorf("rule %q of the exception is not known: %s", code, rule.Suggest(code))
	case r.OfExceptions():
		return r, fmt.Errorf("%s can't be excepted: mend the exception that it is about", r.Code)
	}
	return r, nil
}

// setting takes a word such as until=2027-03-31; others are of the reason.
func (e *entry) setting(word string) (taken bool, err error) {
	key, value, ok := strings.Cut(word, "=")
	if !ok {
		return false, nil
	}
	switch key {
	case "until":
		if e.until, err = config.ParseDay(value); err != nil {
			err = fmt.Errorf("until=%s of the exception: %w", value, err)
		}
	case "owner":
		e.owner = value
	case "container":
		if _, bad := path.Match(value, ""); bad != nil || value == "" {
			err = fmt.Errorf("container=%s of the exception is no pattern: write a name, with * at most", value)
		}
		e.container = value
	default:
		for _, known := range []string{"until", "owner", "container"} {
			if suggestion.Misspelt(key, known) {
				return true, fmt.Errorf("%s= of the exception is not known: did you mean %s=?", key, known)
			}
		}
		return false, nil
	}
	return true, err
}
