package transforms

// sleepAction is the first version of Kubernetes that has the sleep action of
// lifecycle hooks by default (feature gate PodLifecycleSleepAction).
var sleepAction = Version{rank: [5]int{1, 30, 0, releaseRank, 0}, text: "1.30"}

// NoSleepAction reports whether a version of Kubernetes, such as 1.28, lacks the
// sleep action of lifecycle hooks. Of an unknown version it reports false.
func NoSleepAction(kubernetes string) bool {
	v, err := ParseVersion(kubernetes)
	return err == nil && v.Before(sleepAction)
}
