package policy

import (
	"path/filepath"
	"strings"
	"testing"

	"shellfree/rewrite"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

const patch = `diff --git a/a.yaml b/a.yaml
index 1..2 100644
--- a/a.yaml
+++ b/a.yaml
@@ -3 +3,2 @@ spec:
--- a/not a head
+++ b/not-a-head
+@@ -1 +1 @@
@@ -10,2 +11,0 @@
-x
-y
@@ -20 +19 @@
-x
\ No newline at end of file
+y
\ No newline at end of file
diff --git "a/old \303\251" "b/new \303\251\t"
similarity index 90%
rename from "old \303\251"
rename to "new \303\251\t"
--- "a/old \303\251"
+++ "b/new \303\251\t"
@@ -1 +1 @@
-x
+y
diff --git a/with space.yaml b/with space.yaml
--- a/with space.yaml	
+++ b/with space.yaml	
@@ -0,0 +1,3 @@
+a
+b
+c
diff --git a/gone.yaml b/gone.yaml
--- a/gone.yaml
+++ /dev/null
@@ -1,2 +0,0 @@
-a
-b
diff --git a/moved.yaml b/moved-away.yaml
similarity index 100%
rename from moved.yaml
rename to moved-away.yaml
`

func findingOnLines(first, last int) rewrite.Finding {
	return rewrite.Finding{Rule: rule.Pipeline, Place: rewrite.Place{
		Start: source.Position{Line: first, Column: 3}, End: source.Position{Line: last, Column: 9},
	}}
}

func TestChanges(t *testing.T) {
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(top)
	c, err := NewChanges(top, []byte(patch), []byte("new.yaml\x00in/odd \n.yaml\x00"))
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]bool{
		"a.yaml": true, "new é\t": true, "with space.yaml": true, "new.yaml": true, "in/odd \n.yaml": true, "in/../a.yaml": true,
		"not-a-head": false, "old é": false, "gone.yaml": false, "moved.yaml": false, "moved-away.yaml": false, "quiet.yaml": false, ".": false,
	} {
		if got, err := c.Touches(file); got != want || err != nil {
			t.Errorf("%q touched: %v, %v", file, got, err)
		}
	}
	if _, err := c.Touches("../a.yaml"); err == nil || !strings.Contains(err.Error(), "is not in the repository") {
		t.Errorf("outside of the repository: %v", err)
	}
	for _, test := range []struct {
		file        string
		first, last int
		want        bool
	}{
		{"a.yaml", 1, 2, false}, {"a.yaml", 1, 3, true}, {"a.yaml", 4, 9, true}, {"a.yaml", 5, 9, false},
		{"a.yaml", 11, 12, true}, {"a.yaml", 9, 11, true}, {"a.yaml", 12, 14, true}, {"a.yaml", 9, 10, false}, {"a.yaml", 13, 14, false}, {"a.yaml", 19, 19, true},
		{"with space.yaml", 2, 2, true}, {"new.yaml", 90, 91, true}, {"new é\t", 1, 1, true}, {"new é\t", 2, 2, false},
	} {
		r := &rewrite.Result{Source: source.New(test.file, nil), Findings: []rewrite.Finding{findingOnLines(test.first, test.last)}}
		if c.KeepTouched(r); (len(r.Findings) == 1) != test.want {
			t.Errorf("%s:%d-%d is touched: %v", test.file, test.first, test.last, !test.want)
		}
	}
}

// TestKeepKey asserts that a finding stays when the line of its key changed, and that
// findings about a whole file stay.
func TestKeepKey(t *testing.T) {
	top := t.TempDir()
	t.Chdir(top)
	c, err := NewChanges(top, []byte("+++ b/a\n@@ -2 +2 @@\n-x\n+y\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	key, whole, other := findingOnLines(4, 5), findingOnLines(9, 9), findingOnLines(9, 9)
	key.KeyLine, whole.Rule = 2, rule.Unparsable
	r := &rewrite.Result{Source: source.New("a", nil), Findings: []rewrite.Finding{key, whole, other}}
	if c.KeepTouched(r); len(r.Findings) != 2 {
		t.Errorf("kept %+v", r.Findings)
	}
}

func TestChangesRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"+++ \"b/a\n":            "git printed a name that can't be read",
		"+++ b/a\n@@ -x +1 @@\n": "git printed a hunk that can't be read",
	} {
		if _, err := NewChanges("/", []byte(text), nil); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q gives %v", text, err)
		}
	}
}

func FuzzChanges(f *testing.F) {
	f.Add([]byte(patch))
	f.Add([]byte("+++ \"b/\\303\n@@ -9999999999999999999 +1 @@\n"))
	f.Fuzz(func(t *testing.T, patch []byte) {
		c, err := NewChanges("/", patch, patch)
		if err != nil {
			return
		}
		c.KeepTouched(&rewrite.Result{Source: source.New("a", nil), Findings: []rewrite.Finding{findingOnLines(1, 2)}})
	})
}
