package transforms_test

import (
	"testing"

	"shellfree/transforms"
)

func TestNoSleepAction(t *testing.T) {
	for version, want := range map[string]bool{
		"": false, "latest": false, "1.28": true, "v1.29.9": true, "1.30.0-rc.1": true, "1.30": false, "1.30.0": false, "1.34": false, "2.0": false,
	} {
		if got := transforms.NoSleepAction(version); got != want {
			t.Errorf("NoSleepAction(%q) = %v, want %v", version, got, want)
		}
	}
}
