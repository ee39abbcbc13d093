package doubt

import "shellfree/rewrite/invocation"

// UnexportedVariable is the doubt "unexported-variable".
var UnexportedVariable = Doubt{About[Case]{
	Name: "unexported-variable",
	Doc:  "the script assigns a variable without export. The program sees that only where the environment has the variable already. Settled where the image and the template don't set it.",
	Look: remarked(invocation.UnexportedVariable),
}, Fix}
