package finding

// Review is one thing that a person must check before a fix is used.
type Review struct {
	// Doubt is the name of the doubt that raised it.
	Doubt string
	// Placeholder is the one that it is about, as in the file; "" for none.
	Placeholder string
	// Sentence says what to check, lower-case and without a full stop.
	Sentence string
}

// Evidence is a doubt that was cleared, and the fact that cleared it.
type Evidence struct {
	Doubt string // its name
	Fact  string // runner in the image: kube-proxy 1.27, catalogue
}
