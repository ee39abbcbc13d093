package invocation_test

import (
	"strings"
	"testing"

	"shellfree/rewrite/invocation"
)

func TestFindShell(t *testing.T) {
	tests := []struct {
		argv string // words parted by |
		want string // shell, index of the script, or the obstacle; "" for no shell
	}{
		{"/bin/sh|-c|x", "sh 2"},
		{"bash|-ec|x", "bash 2"},
		{"sh|-c|--|x", "sh 3"},
		{"bash|-euxo|pipefail|-c|x", "bash 4 review"},
		{"sh|-e|-c|x", "sh 3"},
		{"sh|-c|-e|x", "sh 3"},
		{"sh|-cx|x", "sh 2 review"},
		{"busybox|sh|-c|x", "sh 3"},
		{"/usr/bin/env|bash|-c|x", "bash 3"},
		{"env|A=b|-u|C|sh|-c|x", "sh 6 behind 4 own environment"},
		{"/tini|-g|--|sh|-c|x", "sh 5 behind 3"},
		{"/tini|--|/bin/busybox|ash|-c|x", "ash 5 behind 2"},
		{"timeout|-k|5|30|sh|-c|x", "sh 6 behind 4"},
		{"/go-runner|--log-file=/l|sh|-c|x", "sh 4 behind 2"},
		{"sh|-lc|x", "SF214"},
		{"sh|-i|-c|x", "SF214"},
		{"bash|-O|extglob|-c|x", "SF214"},
		{"bash|--norc|-c|x", "SF214"},
		{"zsh|-c|x", "SF214"},
		{"sh|-c|x|y", "SF207"},
		{"sh|-ec|A=3|cmd", "SF207"},
		{"sh", "SF216"},
		{"bash|-c", "SF216"},
		{"sh|/x", "SF211"},
		{"/opt/run.sh|a", "SF211"},
		{"tini|--|/run.sh", "SF211"},
		{"nsenter|-t|1|-m|sh|-c|x", "SF212"},
		{"chroot|/host|bash|-c|x", "SF212"},
		{"kube-proxy|--x", ""},
		{"cp|/a/run.sh|/b", ""},
		{"x|--script=/a/run.sh", ""},
		{"shell|-c|x", ""},
		{"nsenter|-t|1|date", ""},
		{"env|A=b|x", ""},
		{"busybox|x", ""},
		{"env|sh", "SF216"},
		{"/.sh", ""},
	}
	for _, tt := range tests {
		shell, found := invocation.FindShell(strings.Split(tt.argv, "|"))
		if got := shellSaid(shell, found); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.argv, got, tt.want)
		}
	}
}

func shellSaid(s invocation.Shell, found bool) string {
	switch {
	case !found:
		return ""
	case s.Obstacle != nil:
		return s.Obstacle.Rule.Code
	}
	text := s.Name + " " + string(rune('0'+s.Script))
	if s.Index > 0 {
		text += " behind " + string(rune('0'+s.Index))
	}
	if s.OwnEnvironment {
		text += " own environment"
	}
	if len(s.Remarks) > 0 {
		text += " review"
	}
	return text
}

func TestFindShellInArgs(t *testing.T) {
	for args, want := range map[string]bool{
		"-c|exec x":             true,
		"-ec|x":                 true,
		"sh|-c|x":               true,
		"-c|/etc/prom/conf.yml": false,
		"-c":                    false,
		"/run.sh":               false,
		"--config|x":            false,
	} {
		shell, found := invocation.FindShellInArgs(strings.Split(args, "|"))
		if found != want || found && shell.Obstacle.Rule.Code != "SF213" {
			t.Errorf("%s: got %v %v, want found %v with SF213", args, found, shell.Obstacle, want)
		}
	}
}
