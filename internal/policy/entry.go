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

// entry is an exception as a comment or annotation writes it: SF203,SF205 reason
// until=DAY.
type entry struct {
	rules                    []rule.Rule
	reason, owner, container string
	until                    config.Day
}

// parseEntry reads the text after shellfree:ignore.
func parseEntry(text string) (entry, error) {
	words := strings.Fields(text)
	codes, words := splitCodes(words)
	if len(codes) == 0 {
		return entry{}, errors.New("the exception names no rule: write the rule's code, then the reason")
	}
	var e entry
	for _, code := range codes {
		r, err := findExceptableRule(code)
		if err != nil {
			return e, err
		}
		if !slices.Contains(e.rules, r) {
			e.rules = append(e.rules, r)
		}
	}
	var reason []string
	for _, word := range words {
		taken, err := e.applySetting(word)
		if err != nil {
			return e, err
		}
		if !taken {
			reason = append(reason, word)
		}
	}
	if e.reason = strings.Join(reason, " "); strings.Trim(e.reason, " .:;-–—") == "" {
		return e, errors.New("the exception has no reason: say after the code why the finding is accepted")
	}
	return e, nil
}

// splitCodes separates the list of codes at the start, which may have blanks after its
// commas, from the other words.
func splitCodes(words []string) (codes, rest []string) {
	for more := true; more && len(words) > 0; words = words[1:] {
		more = strings.HasSuffix(words[0], ",")
		for code := range strings.SplitSeq(strings.Trim(words[0], ",:"), ",") {
			codes = append(codes, code)
		}
	}
	return codes, words
}

// findExceptableRule returns the rule with a code, if exceptions may name it.
func findExceptableRule(code string) (rule.Rule, error) {
	r, ok := rule.ByCode(strings.ToUpper(code))
	switch {
	case !ok:
		return r, fmt.Errorf("rule %q of the exception is not known: %s", code, rule.Suggest(code))
	case r.OfExceptions():
		return r, fmt.Errorf("%s can't be excepted: mend the exception that it reports", r.Code)
	}
	return r, nil
}

// applySetting reads a word such as until=2027-03-31. It returns false for any other
// word, which then belongs to the reason.
func (e *entry) applySetting(word string) (taken bool, err error) {
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
			err = fmt.Errorf("container=%s of the exception is not a pattern: write a name, which may contain *", value)
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
