package doubt

import "shellfree/rewrite/invocation"

// VariableValue is the doubt "variable-value".
var VariableValue = Doubt{About[Case]{
	Name: "variable-value",
	Doc:  "a variable's value is not known, or holds characters that a shell reads as syntax, splits or matches. Settled by a look at the value, or by declaring one of letters, digits and _./:@%+,=- only.",
	Look: remarked(invocation.VariableValue),
}, Fix}
