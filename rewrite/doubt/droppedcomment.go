package doubt

import "shellfree/rewrite/invocation"

// DroppedComment is the doubt "dropped-comment".
var DroppedComment = Doubt{About[Case]{
	Name: "dropped-comment",
	Doc:  "the script has a comment, for which an array has no place. Settled by moving it above the command.",
	Look: remarked(invocation.DroppedComment),
}, Fix}
