package doubt

import (
	"strconv"

	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/rule"
)

// Doubt is a doubt about the fix of a command.
type Doubt struct {
	About[Case]
	Stage Stage
}

// Stage says what is known when a doubt looks. An obstacle of one stage ends the
// matter before the next.
type Stage int

const (
	// Sight knows the command and the text around it.
	Sight Stage = iota
	// Reference knows that the script starts one program, or would but for references
	// whose values can't be told.
	Reference
	// Start knows the program that the script starts, and what else it sets.
	Start
	// Fix knows the new array and its log sink.
	Fix
	// File knows all fixes of the text.
	File
)

// Case is what a doubt looks at, as far as it is known at its stage.
type Case struct {
	Text    *reading.Text
	Command *reading.Command
	// Migration is set where the command starts no shell and only loses flags.
	Migration bool

	Invocation invocation.Invocation // from Start on
	Fields     Fields                // from Start on

	Rule       rule.Rule             // of the fix, from Fix on
	Conversion invocation.Conversion // from Fix on
	Evidence   []finding.Evidence    // of the stages before Fix
	// Dropped holds the placeholders that stood in a redirection only and fall away.
	Dropped []string

	// Placeholders are the whole words of the fix, and Reused counts the places of
	// the text where list items are wrong for one of them; from File on.
	Placeholders []finding.Placeholder
	Reused       func(finding.Placeholder) int
}

// Staged holds doubts by their stages.
type Staged [File + 1][]About[Case]

// ByStage sorts doubts by their stages.
func ByStage(all []Doubt) Staged {
	var s Staged
	for _, d := range all {
		s[d.Stage] = append(s[d.Stage], d.About)
	}
	return s
}

// counted writes a number of things: one other place, 3 other places.
func counted(n int, thing string) string {
	if n == 1 {
		return "another " + thing
	}
	return strconv.Itoa(n) + " other " + thing + "s"
}
