package reading

import (
	"regexp"
	"strings"
)

// What a text looks like that can't be read, or was not read yet.
var (
	scriptFlag = regexp.MustCompile(`(?m)^\s*-\s+["']?-[a-z]*c["']?\s*$`)
	shellWord  = regexp.MustCompile(`(^|[\s"'\[,/])(sh|bash|ash|dash|ksh|mksh|zsh)($|[\s"'\],])|\.sh($|[\s"'\],])`)
	// podSpecKey tells a manifest that doesn't parse from other text.
	podSpecKey = regexp.MustCompile(`(?m)^[\s{"'-]*(containers|initContainers|ephemeralContainers)["']?\s*:`)
)

const space = " \t\n\f\r"

// hasCommandKey reports a key command or args, quoted or not. Every string of a
// manifest is asked, which a regular expression would take too long for.
func hasCommandKey(text string) bool {
	return hasWord(text, func(before, behind string) bool {
		if before != "" && strings.IndexByte(space+`{},"'-`, before[len(before)-1]) < 0 {
			return false
		}
		if behind != "" && (behind[0] == '"' || behind[0] == '\'') {
			behind = behind[1:]
		}
		return strings.HasPrefix(strings.TrimLeft(behind, space), ":")
	})
}

// hasPatchPath reports what a JSON patch has instead of the key: a path to it.
func hasPatchPath(text string) bool {
	return hasWord(text, func(before, behind string) bool {
		return strings.HasSuffix(before, "/") && (behind == "" || !isWordByte(behind[0]))
	})
}

func isWordByte(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// hasWord reports whether a text has one of the keys where it fits.
func hasWord(text string, fits func(before, behind string) bool) bool {
	for _, word := range []string{"command", "args"} {
		for at := strings.Index(text, word); at >= 0; {
			behind := at + len(word)
			if fits(text[:at], text[behind:]) {
				return true
			}
			next := strings.Index(text[behind:], word)
			if next < 0 {
				break
			}
			at = behind + next
		}
	}
	return false
}
