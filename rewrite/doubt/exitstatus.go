package doubt

// ExitStatus is the doubt "exit-status".
var ExitStatus = Doubt{About[Case]{
	Name: "exit-status",
	Doc: "the exit status differs from now on: a log runner exits with 1 for each failure of its program, and a pipe into tee ended with tee's status. That matters where something looks at it: in init containers, in Jobs, with restartPolicy OnFailure or Never, under a podFailurePolicy or restartPolicyRules, in steps of Argo and Tekton, or in a pod that the file doesn't show. " +
		"Settled by a look at what the status decides there.",
	Look: func(c Case) Raised {
		how := c.newStatus()
		if how == "" || !c.Command.InContainer() {
			return Raised{}
		}
		if who := c.statusReader(); who != "" {
			return Review(who + " looks at the exit status, and " + how + ": check what depends on it")
		}
		if fact := c.restarts(); fact != "" {
			return Cleared(fact)
		}
		return Review("the pod is not in this file and may look at the exit status, and " + how + ": check its restartPolicy")
	},
}, Fix}

// newStatus says how the exit status differs, "" where it is the program's as before.
func (c Case) newStatus() string {
	switch {
	case c.Conversion.Sink.Front:
		return "the log runner exits with 1 where its program exits with another failure"
	case c.Invocation.TeeStatus:
		return "it is the program's own now, where it was that of tee"
	}
	return ""
}

// statusReader names what looks at the container's exit status, "" for nothing.
func (c Case) statusReader() string {
	k := c.Command
	own, pod := k.Shown(k.Restart), k.Shown(k.Pod.Restart)
	switch {
	case k.RestartRules:
		return "a rule of the container's restartPolicyRules"
	case k.Pod.FailurePolicy:
		return "the Job's podFailurePolicy"
	case own != "" && own != "Always":
		return "the container's restartPolicy " + own
	case own == "Always":
		return ""
	case k.Site == "initContainer":
		return "the pod, for an init container,"
	case k.Group == "argoproj.io" && k.Kind != "Rollout" || k.Group == "tekton.dev":
		return "the " + k.Kind
	case pod != "" && pod != "Always":
		return "the pod's restartPolicy " + pod
	case k.Kind == "Job" || k.Kind == "CronJob":
		return "the " + k.Kind
	}
	return ""
}

// restarts says why nothing looks at the container's exit status, "" where that is
// not known.
func (c Case) restarts() string {
	switch {
	case c.Command.Restart != "":
		return "the container's restartPolicy is Always"
	case c.Command.Pod.Restart != "":
		return "the pod's restartPolicy is Always"
	case c.Command.InPod:
		return "the pod has no restartPolicy, which means Always"
	}
	return ""
}
