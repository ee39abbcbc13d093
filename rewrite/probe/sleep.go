package probe

import (
	"strconv"
	"strings"
)

// defaultGrace is the terminationGracePeriodSeconds of a pod that doesn't set it, in
// seconds (k8s.io/api/core/v1 PodSpec).
const defaultGrace = 30

// adviseSleep advises on sleep: the sleep action of a hook, alpha in Kubernetes 1.29
// and on by default from 1.30 (feature gate PodLifecycleSleepAction).
func (a Action) adviseSleep(tool string, args []string, t *texts) (Advice, bool) {
	seconds, ok := "", false
	if len(args) == 1 {
		seconds, ok = wholeSeconds(args[0], t)
	}
	switch {
	case !a.isHook():
		return Advice{Message: a.lackMessage(tool) + ": a probe that only waits can go, initialDelaySeconds and periodSeconds say when to probe"}, true
	case !ok:
		return Advice{Message: a.lackMessage(tool) + ": the sleep action takes one whole number of seconds above 0: write one"}, true
	case a.NoSleep:
		return Advice{Message: a.lackMessage(tool) + ": the sleep action is on by default from Kubernetes 1.30 only: " +
			"until then let the program wait on SIGTERM, or keep an image with sleep"}, true
	}
	return Advice{
		Message:     a.lackMessage(tool) + ": let the kubelet wait with the sleep action",
		Review:      a.graceReview(seconds),
		Notes:       []string{"the sleep action is on by default from Kubernetes 1.30 (alpha in 1.29)"},
		Replacement: &Replacement{[]field{{key: "sleep", fields: []field{numberField("seconds", seconds)}}}},
	}, true
}

// wholeSeconds returns an argument of sleep, such as 10, 10s or 2m, in seconds, or
// the placeholder that it is.
func wholeSeconds(s string, t *texts) (string, bool) {
	if isOpaque(s) {
		return t.manifestText(s)
	}
	unit := 1
	switch {
	case strings.HasSuffix(s, "s"):
		s = s[:len(s)-1]
	case strings.HasSuffix(s, "m"):
		s, unit = s[:len(s)-1], 60
	case strings.HasSuffix(s, "h"):
		s, unit = s[:len(s)-1], 3600
	}
	n, err := strconv.ParseUint(s, 10, 31)
	return strconv.Itoa(int(n) * unit), err == nil && n > 0
}

// graceReview returns what a person must check of the pod's grace period. The API
// server refuses a sleep that is longer (pkg/apis/core/validation
// validateSleepAction).
func (a Action) graceReview(seconds string) []string {
	n, err := strconv.Atoi(seconds)
	if err != nil {
		return []string{seconds + " must be a whole number, at most terminationGracePeriodSeconds"}
	}
	limit := defaultGrace
	if a.Grace != "" {
		if limit, err = strconv.Atoi(a.Grace); err != nil {
			return []string{"terminationGracePeriodSeconds must be at least " + seconds + ", or the API server refuses the pod"}
		}
	}
	if n <= limit {
		return nil
	}
	return []string{"terminationGracePeriodSeconds is " + strconv.Itoa(limit) + ": make it at least " + seconds + ", or the API server refuses the pod"}
}
