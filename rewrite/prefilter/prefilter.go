// Package prefilter tells from raw bytes alone that nothing can be reported
// about a file. It may be wrong in one direction only: of a file that it passes
// over no rule may have anything to report.
package prefilter

import "bytes"

// MayReport reports whether a file may hold anything that a rule reports. It
// costs a handful of searches at memory speed, so the order matters: what most
// files lack is looked for first.
func MayReport(text []byte) bool {
	shell, own := names(text)
	switch {
	case own || bytes.Contains(text, []byte("Shellfree")): // exceptions, and what is misspelt in them
		return true
	case bytes.IndexByte(text, 0) >= 0: // UTF-16, in which no word below is found
		return true
	case !bytes.Contains(text, []byte("command")) && !bytes.Contains(text, []byte("args")):
		// Without the key no command stands anywhere; but where a text can't be
		// read, a shell and its -c are enough for SF001.
		return escaped(text) || shell && commandFlag(text)
	}
	return shell || commandFlag(text) || klogFlag(text) || execAction(text) || escaped(text)
}

// names looks for the name of a shell or of a shell script with an end behind
// it, an item of a list or of a list inside a string, and for what may be our
// own.
func names(text []byte) (shell, own bool) {
	for at := 0; ; {
		i := bytes.Index(text[at:], []byte("sh"))
		if i < 0 {
			return shell, false
		}
		at += i + len("sh")
		if at == len(text) || !nameByte(text[at]) {
			shell = shell || endsInShell(text[:at])
		} else if directive(text[at:]) {
			return shell, true
		}
	}
}

// directive reports text behind the letters sh that goes on as our own name does
// in a directive, rightly spelt or nearly: shellfree:ignore, shell-free/ignore.
func directive(text []byte) bool {
	end := 0
	for end < len(text) && nameByte(text[end]) {
		end++
	}
	rest := end
	for rest < len(text) && (text[rest] == ' ' || text[rest] == '\t') {
		rest++
	}
	if rest == len(text) || text[rest] != ':' && text[rest] != '/' {
		return false
	}
	name := bytes.ToLower(text[:end])
	return bytes.HasPrefix(name, []byte("ell")) || bytes.Contains(name, []byte("free"))
}

// endsInShell reports whether the name at the end of text is a shell's or ends
// in .sh. A letter behind a backslash may be an escape (\n, \t), and what is in
// front of it another name's.
func endsInShell(text []byte) bool {
	start := len(text)
	for start > 0 && 'a' <= text[start-1] && text[start-1] <= 'z' {
		start--
	}
	name := string(text[start:])
	switch {
	case start > 0 && text[start-1] == '.' && name == "sh":
		return true
	case start > 0 && text[start-1] == '\\':
		return isShell(name) || isShell(name[1:])
	}
	return isShell(name) && (start == 0 || !nameByte(text[start-1]))
}

func isShell(name string) bool {
	switch name {
	case "sh", "bash", "dash", "ash", "ksh", "mksh", "zsh":
		return true
	}
	return false
}

// nameByte reports a byte that can't stand right beside the whole name of a
// program. What is not ASCII may be a line break.
func nameByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_' || b == '-' || b == '.'
}

// commandFlag looks for -c, alone or among the letters that shells take beside
// it: args alone may begin with it.
func commandFlag(text []byte) bool {
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '-')
		if i < 0 {
			return false
		}
		at += i + 1
		c, end := false, at
		for end < len(text) && shellLetter(text[end]) {
			c = c || text[end] == 'c'
			end++
		}
		if c && (end == len(text) || !nameByte(text[end])) {
			return true
		}
	}
}

// shellLetter reports an option of shells that may stand beside -c.
func shellLetter(b byte) bool {
	switch b {
	case 'c', 'e', 'i', 'l', 'u', 'v', 'x':
		return true
	}
	return false
}

// klogFlag looks for klog's output flags, with - or _ in their names.
func klogFlag(text []byte) bool {
	if bytes.Contains(text, []byte("stderr")) { // logtostderr, alsologtostderr, stderrthreshold
		return true
	}
	for _, f := range []struct {
		word   string
		behind []string
	}{
		{"log", []string{"file", "dir", "backtrace", "headers"}}, // log-file-max-size and skip-log-headers too
		{"one", []string{"output"}},
		{"skip", []string{"headers"}},
		{"dir", []string{"header"}}, // add-dir-header
	} {
		if joined(text, f.word, f.behind) {
			return true
		}
	}
	return false
}

// joined looks for a word, a - or _, and one of those behind it.
func joined(text []byte, word string, behind []string) bool {
	for at := 0; ; {
		i := bytes.Index(text[at:], []byte(word))
		if i < 0 {
			return false
		}
		if at += i + len(word); at == len(text) || text[at] != '-' && text[at] != '_' {
			continue
		}
		for _, b := range behind {
			if bytes.HasPrefix(text[at+1:], []byte(b)) {
				return true
			}
		}
	}
}

// execAction looks for the key of an exec probe or hook, whose tools are judged
// without a shell too.
func execAction(text []byte) bool {
	for at := 0; ; {
		i := bytes.Index(text[at:], []byte("exec"))
		if i < 0 {
			return false
		}
		at += i + len("exec")
		if rest := bytes.TrimLeft(text[at:], "\\\"' \t\r\n"); len(rest) > 0 && rest[0] == ':' {
			return true
		}
	}
}

// escaped looks for what can write a letter otherwise: \x73, \u0073 and
// \U00000073 in double quotes, and a line that goes on after a backslash.
func escaped(text []byte) bool {
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '\\')
		if i < 0 {
			return false
		}
		at += i + 1
		if at < len(text) {
			switch text[at] {
			case 'x', 'u', 'U', '\r', '\n':
				return true
			}
		}
	}
}
