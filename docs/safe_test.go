package docs_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/internal/command"
)

// TestSafePage: docs/safe.md is what `shellfree explain safe` prints.
func TestSafePage(t *testing.T) {
	const page = "safe.md"
	if *update {
		if err := os.WriteFile(page, []byte(command.SafePage()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatalf("%v: go test ./docs -update writes it", err)
	}
	if diff := cmp.Diff(command.SafePage(), string(got)); diff != "" {
		t.Errorf("docs/safe.md differs from what explain safe prints; go test ./docs -update writes it (-want +got):\n%s", diff)
	}
}
