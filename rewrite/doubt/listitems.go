package doubt

import "shellfree/rewrite/invocation"

// ListItems is the doubt "list-items".
var ListItems = Doubt{About[Case]{
	Name: "list-items",
	Doc:  "a placeholder of several words becomes items of the list, so its producer must print them quoted and with commas from now on. Settled by changing the producer in the same pull request.",
	Look: remarked(invocation.ListItems),
}, Fix}
