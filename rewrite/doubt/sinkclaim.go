package doubt

// SinkClaim is the doubt "sink-claim".
var SinkClaim = Doubt{About[Case]{
	Name: "sink-claim",
	Doc:  "the log sink does not claim that its fixes need no person, and has said nothing of its own about this one. Settled by a look at where the program's output goes.",
	Look: func(c Case) Raised {
		sink := c.Conversion.Sink
		switch {
		case sink.Name == "" || len(c.Conversion.Review) > 0:
			return Raised{}
		case sink.Safe:
			return Cleared("the log sink " + sink.Name + " claims that nothing needs a check")
		}
		return Review("the log sink " + sink.Name + " makes no claim about this program: check where its output goes")
	},
}, Fix}
