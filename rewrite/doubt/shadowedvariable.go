package doubt

import "shellfree/rewrite/invocation"

// ShadowedVariable is the doubt "shadowed-variable".
var ShadowedVariable = Doubt{About[Case]{
	Name: "shadowed-variable",
	Doc:  "the script sets a variable that envFrom, an optional reference or a service may bring too: the new entry of env wins for the whole container. Settled where those don't bring it, or the same value.",
	Look: remarked(invocation.ShadowedVariable),
}, Fix}
