package doubt

import "shellfree/rewrite/invocation"

// EmptyWord is the doubt "empty-word".
var EmptyWord = Doubt{About[Case]{
	Name: "empty-word",
	Doc:  "a placeholder or variable is a whole word that the user declared to be one word: the shell dropped it when it was empty, the array passes an empty argument. Settled where its value is never empty.",
	Look: remarked(invocation.EmptyWord),
}, Fix}
