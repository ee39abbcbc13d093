package reading

// Limit bounds how many ways a template is read.
const Limit = 8

// A proof reads the whole text, and each of n bad fixes asks for one: without a
// limit the time would grow with the square of the text's length.
const (
	leastTries = 32       // find one bad fix among 2¹⁵
	triedBytes = 16 << 20 // more for texts that are small
)

// Tries returns how often what fails is tried again in halves.
func (t *Text) Tries() int { return max(leastTries, triedBytes/(1+len(t.Source.Text))) }
