package expansion

import "strings"

// Mentions reports whether text holds $(NAME), $NAME or ${NAME…}, so that its
// meaning may depend on the variable.
func Mentions(text, name string) bool {
	for {
		_, after, found := strings.Cut(text, "$")
		if !found {
			return false
		}
		text = after
		rest, named := strings.CutPrefix(strings.TrimLeft(after, "({#!"), name)
		if named && (rest == "" || !isNameByte(rest[0])) {
			return true
		}
	}
}

// isNameByte reports a byte that a variable's name in a shell may hold.
func isNameByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}
