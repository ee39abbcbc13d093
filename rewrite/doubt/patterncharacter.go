package doubt

import "shellfree/rewrite/invocation"

// PatternCharacter is the doubt "pattern-character".
var PatternCharacter = Doubt{About[Case]{
	Name: "pattern-character",
	Doc:  "a word holds *, ? or [ where no file is likely to match, such as the query of a URL: the shell kept it unless a file matched, the array always does. Settled by quoting it in the script.",
	Look: remarked(invocation.PatternCharacter),
}, Fix}
