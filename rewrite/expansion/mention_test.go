package expansion_test

import (
	"testing"

	"shellfree/rewrite/expansion"
)

func TestMentions(t *testing.T) {
	for text, want := range map[string]bool{
		"$A": true, "x$A/y": true, "$(A)": true, "$$(A)": true, "${A}": true, "${A:-b}": true, "${#A}": true, "$((A+1))": true, "$B$A": true, "'$A'": true,
		"A": false, "$AB": false, "$A_": false, "$(A1)": false, "$BA": false, "${B}A": false, "$": false, "a$": false, "": false,
	} {
		if got := expansion.Mentions(text, "A"); got != want {
			t.Errorf("%q mentions A: %v, want %v", text, got, want)
		}
	}
}
