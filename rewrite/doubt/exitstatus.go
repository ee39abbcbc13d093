package doubt

import (
	"shellfree/rewrite/invocation"
)

// ExitStatus is the doubt "exit-status".
var ExitStatus = Doubt{About[Case]{
	Name: "exit-status",
	Doc: "the exit status differs from now on: a log runner exits with 1 whatever the status of its program, and a pipe into tee ended with tee's 0. That matters where something looks at it: in init containers, with restartPolicy OnFailure or Never, under a podFailurePolicy or restartPolicyRules, in steps of Argo and Tekton. " +
		"Settled by a look at what the status decides there.",
	Look: func(c Case) Raised {
		how := c.newStatus()
		if how == "" || !c.Command.InContainer() {
			return Raised{}
		}
		if who := c.statusReader(); who != "" {
			return Review(who + " looks at the exit status, and " + how + ": check what depends on it")
		}
		return Cleared("nothing that is known here looks at the exit status, with restartPolicy Always")
	},
}, Fix}

// newStatus says how the exit status differs, "" where it is the program's as before.
func (c Case) newStatus() string {
	switch shape := c.Invocation.Redirection(); {
	case c.Conversion.Sink.Front:
		return "the log runner exits with 1 whatever the status of its program"
	case shape == invocation.TeeBoth || shape == invocation.TeeStdout:
		return "it is the program's own now, where it was that of tee"
	}
	return ""
}

// statusReader names what looks at the container's exit status, "" for nothing.
func (c Case) statusReader() string {
	k := c.Command
	switch {
	case k.RestartRules:
		return "the container's restartPolicyRules"
	case k.Pod.FailurePolicy:
		return "the Job's podFailurePolicy"
	case k.Site == "initContainer" && k.Restart != "Always":
		return "the pod, for an init container,"
	case k.Group == "argoproj.io" && k.Kind != "Rollout" || k.Group == "tekton.dev":
		return k.Kind
	case k.Restart == "" && (k.Pod.Restart == "OnFailure" || k.Pod.Restart == "Never"):
		return "the pod's restartPolicy " + k.Pod.Restart
	case k.Restart == "OnFailure" || k.Restart == "Never":
		return "the container's restartPolicy " + k.Restart
	}
	return ""
}
