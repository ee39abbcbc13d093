package transforms

import "shellfree/rewrite/invocation"

// Stdout drops the redirection: the cluster collects what containers write.
var Stdout = Sink{
	Name:      "stdout",
	Doc:       "drops the redirection, for clusters that collect the containers' logs",
	OnlyAsked: true,
	keep:      keepStdout,
}

func keepStdout(s start) result {
	review := s.file + " is no longer written, its log goes to the container's log: check what reads the file"
	if s.shape == invocation.Discard {
		review = "output that was thrown away (/dev/null) now goes to the container's log"
	}
	return result{words: s.inv.Words, review: []string{review}}
}
