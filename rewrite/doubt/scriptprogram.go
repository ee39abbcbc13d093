package doubt

import "shellfree/rewrite/invocation"

// ScriptProgram is the doubt "script-program".
var ScriptProgram = Doubt{About[Case]{
	Name: "script-program",
	Doc:  "the program is itself a script (.sh) whose output is redirected. It needs a #! line, and its image still needs a shell. Settled by starting its program directly.",
	Look: remarked(invocation.ScriptProgram),
}, Fix}
