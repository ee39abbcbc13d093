package doubt

import "shellfree/rewrite/invocation"

// ShellVariable is the doubt "shell-variable".
var ShellVariable = Doubt{About[Case]{
	Name: "shell-variable",
	Doc:  "env declares a variable that shells set themselves, such as PS1 or UID: the script saw the shell's value, the program now gets the declared one. Settled by renaming the variable, or by knowing that the program does not read it.",
	Look: remarked(invocation.ShellVariable),
}, Fix}
