package doubt

import "shellfree/rewrite/invocation"

// ShellTraces is the doubt "shell-traces".
var ShellTraces = Doubt{About[Case]{
	Name: "shell-traces",
	Doc:  "the script turns traces on (-x, -v, set -x). They went to stderr, and no array can print them. Settled by dropping the flag, or by not needing the traces.",
	Look: remarked(invocation.ShellTraces),
}, Fix}
