package invocation_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
)

// prepared writes what goes to env and workingDir before the words.
func prepared(inv invocation.Invocation, bad *invocation.Obstacle) string {
	var b strings.Builder
	for _, a := range inv.Env {
		b.WriteString(a.Name + "=" + a.Value.String() + " ")
	}
	if len(inv.Dir.Parts) > 0 {
		b.WriteString("in " + inv.Dir.String() + " ")
	}
	return b.String() + said(inv, bad)
}

func TestSetup(t *testing.T) {
	for _, tt := range []struct{ shell, script, want string }{
		{"sh", "A=b x", "A=b [x]"},
		{"sh", "A=b exec x >>/l 2>&1", "A=b [x] 1>>/l 2>>/l"},
		{"sh", `A=b B="c d" C='$e' D= exec x`, "A=b B=c d C=$e D= [x]"},
		{"sh", "export A=b; exec x", "A=b [x]"},
		{"sh", `export A="b c" B=c && exec x`, "A=b c B=c [x]"},
		{"bash", `export A="b c" B= && exec x`, "A=b c B= [x]"},
		{"sh", "set -e\nexport A=b\nexport B='c'\nexec x", "A=b B=c [x]"},
		{"sh", "export A=b; C=d exec x 2>&1 | tee /l", "A=b C=d [x] 1>/l+tee 2>/l+tee"},
		{"sh", "A=b; export A; x", "A=b [x]"},
		{"sh", "A=b; exec x", "[x] review"},
		{"sh", "A=b B=c; export B; exec x", "B=c [x] review"},
		{"sh", `A=$(SAFE)/c B="$BLANKS" exec x`, "A=$(SAFE)/c B=$(BLANKS) [x] review"},
		{"sh", "A={M1M} exec x", "A={{{params}}} [x] review"},
		{"sh", "A=M1M exec x", "A={{params}} [x] review"},
		{"sh", "cd /d && exec x", "in /d [x]"},
		{"sh", "cd '/d e'; x", "in /d e [x]"},
		{"sh", "cd / && A=b ./x", "A=b in / [./x]"},
		{"sh", "export A=b && cd /d/M1M && x", "A=b in /d/{{params}} [x] review"},
		{"sh", ": && set -e && x", "[x]"},

		{"sh", "A=b A=c x", "SF208"},
		{"sh", "A=b B=$A x", "SF208"},
		{"sh", "export A=b; x $A", "SF208"},
		{"sh", "A=b; x ${A}", "SF208"},
		{"sh", "A=b x '$(A)'", "SF208"},
		{"sh", "SAFE=c x", "SF208"},
		{"sh", "MAYBE=c x", "SF208"},
		{"sh", "SAFE=c; x", "SF208"},
		{"sh", "PATH=/x y", "SF208"},
		{"sh", "export PATH=$PATH:/x; y", "SF208"},
		{"sh", "PATH=/x; y", "SF208"},
		{"sh", "HOME=/x; y", "SF208"},
		{"sh", "HOME=/x y", "HOME=/x [y]"},
		{"sh", "IFS=, y", "SF208"},
		{"sh", "BASH_ENV=/e y", "SF208"},
		{"sh", "export ENV=/e; y", "SF208"},
		{"sh", "PWD=/e y", "SF208"},
		{"sh", "A=$(date) y", "SF208"},
		{"sh", "A=$NONE y", "SF208"},
		{"sh", "A=$BLANKS y", "SF208"},
		{"sh", "A=* y", "SF208"},
		{"sh", "export A=~/x; y", "SF208"},
		{"sh", "export A; y", "SF208"},
		{"sh", "export -n A; y", "SF208"},
		{"bash", "export -n A; y", "SF208"},
		{"bash", "A+=x y", "SF208"},
		{"sh", "readonly A=b; y", "SF208"},
		{"sh", "export A=b", "SF208"},
		{"sh", "A=b; B=c", "SF208"},
		{"sh", "export A=b & x", "SF208"},
		{"sh", "export A=b || x", "SF208"},
		{"sh", "export A=b >/f; x", "SF208"},
		{"sh", "i=0; while x; do y $i; done", "SF205"},
		{"sh", "A=$(b); if x; then y $A; fi", "SF205"},
		{"sh", "mkdir /d && cd /d && x", "SF205"},
		{"sh", "export A=b; y; x", "SF201"},
		{"sh", "cd d && x", "SF205"},
		{"sh", "cd /d/../e && x", "SF205"},
		{"sh", "cd && x", "SF205"},
		{"sh", "cd - && x", "SF205"},
		{"sh", "cd -P /d && x", "SF205"},
		{"sh", "cd /d && cd /e && x", "SF205"},
		{"sh", "cd $SAFE && x", "SF205"},
		{"sh", "cd /$SAFE && x", "SF205"},
		{"sh", "cd $(SAFE) && x", "SF205"},
		{"sh", "cd M1M && x", "SF205"},
		{"sh", "cd /d || x", "SF205"},
		{"sh", "cd /d", "SF205"},
	} {
		if diff := cmp.Diff(tt.want, prepared(analyse(tt.shell, tt.script))); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", tt.shell, tt.script, diff)
		}
	}
}

// TestSetupInPlaces: probes and hooks have no env and no workingDir of their
// own, and behind env the container's is not the shell's.
func TestSetupInPlaces(t *testing.T) {
	env := expansion.Environment{From: true}
	for _, tt := range []struct {
		place  expansion.Place
		own    bool
		script string
		want   string
	}{
		{expansion.Probe, false, "A=b x", "SF208"},
		{expansion.Hook, false, "export A=b; x", "SF208"},
		{expansion.Hook, false, "cd /d && x", "SF205"},
		{expansion.Container, true, "A=b x", "SF208"},
		{expansion.Container, true, "cd /d; x", "SF205"},
		{expansion.Container, false, "A=b x", "A=b [x] review"}, // envFrom may have it
		{expansion.Container, false, "A=b; x", "SF208"},
	} {
		got := prepared(invocation.Analyse(invocation.Script{
			Text: tt.script, Shell: invocation.Shell{Name: "sh", OwnEnvironment: tt.own}, Env: env, Place: tt.place,
		}))
		if got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.script, got, tt.want)
		}
	}
}

// TestManySteps: what a script may hold is bounded by its length alone, so that
// none takes long.
func TestManySteps(t *testing.T) {
	for _, tt := range []struct{ script, want string }{
		{strings.Repeat(": && ", 25_000) + "x", "[x]"},
		{"A=1; " + strings.Repeat("export A && ", 10_000) + "x", "A=1 [x]"},
		{strings.Repeat("A=b ", 25_000) + "x", "SF208"},
	} {
		if got := prepared(analyse("sh", tt.script)); got != tt.want {
			t.Errorf("%.20s…: got %s, want %s", tt.script, got, tt.want)
		}
	}
	var many strings.Builder
	for i := range 12_000 {
		many.WriteString("V" + strconv.Itoa(i) + "=b ")
	}
	if got := prepared(analyse("sh", many.String()+"x")); got != "SF208" {
		t.Errorf("many variables: got %.20s…, want SF208", got)
	}
}

// TestFailingDirectory: && and set -e decide what a cd that fails does.
func TestFailingDirectory(t *testing.T) {
	for script, ended := range map[string]bool{
		"cd /d && x": true, "cd /d && export A=b && x": true, "set -e; cd /d; x": true, "set -e; export A=b && cd /d; x": true,
		"cd /d; x": false, "cd /d\nx": false, "cd /d && export A=b; x": false, "set -e; cd /d && export A=b; x": false, "cd /d; set -e; x": false,
	} {
		inv, bad := analyse("sh", script)
		if bad != nil {
			t.Errorf("%s: %s", script, bad.Message)
			continue
		}
		if inv.DirRequired != ended {
			t.Errorf("%q: a cd that fails ends the script: %v, want %v", script, inv.DirRequired, ended)
		}
	}
	flags, _ := invocation.FindShell([]string{"sh", "-ec", "x"})
	option, _ := invocation.FindShell([]string{"sh", "-o", "errexit", "-c", "x"})
	none, _ := invocation.FindShell([]string{"sh", "-uc", "x"})
	if !flags.Errexit || !option.Errexit || none.Errexit {
		t.Errorf("errexit is %v, %v, %v, want true, true, false", flags.Errexit, option.Errexit, none.Errexit)
	}
}
