package doubt

import "shellfree/rewrite/invocation"

// ProgramWrapper is the doubt "program-wrapper".
var ProgramWrapper = Doubt{About[Case]{
	Name: "program-wrapper",
	Doc:  "another program starts the program (tini, timeout, nice). A distroless image may lack it. Settled where the image has it.",
	Look: remarked(invocation.ProgramWrapper),
}, Fix}
