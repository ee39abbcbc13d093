package prefilter_test

import (
	"strings"
	"testing"

	"shellfree/rewrite/prefilter"
)

// filter looks for klog's output flags, as the engine's does.
var filter = prefilter.New([]string{
	"add-dir-header", "alsologtostderr", "log-backtrace-at", "log-dir", "log-file", "log-file-max-size",
	"logtostderr", "one-output", "skip-headers", "skip-log-headers", "stderrthreshold",
})

func TestMayReport(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{
		{"", false},
		{"kind: Service\nmetadata:\n  name: refresh-dashboard-sh-x\n", false},
		{"command: [nginx]\n# refresh, shell, shards, pub-sh, shx, x.sharp\n", false},
		{"args: [--config=a, -cert, -p, c, --catalog-x]\n", false},
		{"command: [sh]", true},
		{"command: [/bin/bash, x]", true},
		{"command:\n- /busybox/ash\n", true},
		{"command:\n- x.sh # comment\n", true},
		{"command:\n- sh", true},
		{"command: [sh{{/* c */}}]", true},
		{"s: &s zsh\nx: {command: [*s]}", true},
		{`{"command":["mksh"]}`, true},
		{`{"command":["bush"]}`, false},
		{`{"data":"command:\n-\tsh\n-\t-c"}`, true},
		{`{"data":"{\"command\":[\"dash\"]}"}`, true},
		{`command: ["\x73h"]`, true},
		{`command: ["\u0073h"]`, true},
		{"command: [\"s\\\nh\"]", true},
		{"\"comm\\u0061nd\": [sh]", true},
		{"\"comm\\\n  and\": [sh]", true},
		{"args: [-c, x]", true},
		{"args:\n- -ec\n- x\n", true},
		{"command: [kube-proxy, --log_file=x]", true},
		{"command: [kube-proxy, -skip_log-headers]", true},
		{"command: [kube-proxy, --add-dir_header, ...]", true},
		{"command: [kube-proxy, --alsologtostderr]", true},
		{"command: [kube-proxy, --one_output]", true},
		{"command: [x, -v, --stderrthreshold=FATAL]", true},
		{"command: [x, blog-front, zone-order, dir-hash, log-file, --logs-file]", false},
		{"# log-file, logtostderr\nargs: [--v=2]", false},
		{"args: [a" + strings.Repeat("b", 40) + "]\n# Shellfree", true},
		{"livenessProbe: {exec: {command: [curl, x]}}", true},
		{`{"exec" : {"command": ["curl"]}}`, true},
		{`"{\"exec\": {\"command\": [\"curl\"]}}"`, true},
		{"command: [execute, exec-x]", false},
		{"# shellfree:ingore SF203", true},
		{"c\x00o\x00m\x00m\x00a\x00n\x00d\x00", true},
	}
	for _, tt := range tests {
		if got := filter.MayReport([]byte(tt.text)); got != tt.want {
			t.Errorf("%q: got %t, want %t", tt.text, got, tt.want)
		}
	}
}
