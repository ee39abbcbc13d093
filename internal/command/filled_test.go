package command_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/internal/command"
	"shellfree/rewrite/expansion"
)

// filling is a way to fill the placeholders of testdata/filled: the environment
// of its script.
type filling struct {
	name     string
	env      []string
	glued    bool // some placeholder is empty, which breaks upstream's form
	argument string
}

var fillings = []filling{
	{"flags", []string{"APISERVER_ARGS=--a=1  --b -c x", "PROXY_ARGS=--d", "CLUSTER_CIDR=--cluster-cidr=10.0.0.0/8", "ETCD_EXTRA_ARGS=--e"}, false, "--b"},
	{"empty", nil, true, "--v=2"},
	{"quotes", []string{
		`APISERVER_ARGS=--x='' --y='a  b'c '' --z=it\\\\'s`,
		`PROXY_ARGS=--resource-container="" --y='a  "b"' "c 'd'"`, "CLUSTER_CIDR=--c=''", `ETCD_EXTRA_ARGS='e f'`,
	}, false, "--y=a  bc"},
	{"special characters", []string{
		// In a JSON string and through sed's replacement: each layer has its backslashes.
		`APISERVER_ARGS=--j='{\\"a\\":\\"b\\\\c\\"}' --u='x?a=1\&b=2' --at='\@' --m=ü\\\\\\"é\\\\\\"`,
		`PROXY_ARGS=--j='{"a":"b\\c"}' --u="x?a=1\&b" --t='a	b' --q=\\" --e=a\\ b`, `CLUSTER_CIDR=--c='|/\/\@'`, `ETCD_EXTRA_ARGS=--e='\\"'`,
	}, false, `--j={"a":"b\c"}`},
	{"dollars", []string{
		`APISERVER_ARGS=--ip=$(POD_IP) --p='$HOME' --q='a$' --r='$$' --s='$(NONE)' --t='$$(a b'`,
		`PROXY_ARGS="--ip=$(POD_IP):1" --p='$' --q="\\$x"`, "CLUSTER_CIDR=--c='$$(é)' ü", "ETCD_EXTRA_ARGS=--e='$$('",
	}, false, "--ip=10.0.0.1"},
}

// TestFilled changes a script that fills manifests as the tool tells a person to do: it
// adds the printed helper, and calls it on the lines that the tool named. The new
// manifests, filled by the new script, must start the same as a shell did with the old
// manifests, filled by the old script.
func TestFilled(t *testing.T) {
	shells := filledShells(t)
	for _, style := range []string{"glued", "upstream"} {
		for _, f := range fillings {
			if f.glued && style == "upstream" {
				continue
			}
			t.Run(style+" "+f.name, func(t *testing.T) {
				before, after := filledFolder(t), filledFolder(t)
				helper := runFilled(t, after, style)
				changeScript(t, filepath.Join(after, "configure.sh"), helper, style, producerLines(t, before, filledPlaces))
				runFillScript(t, before, f.env)
				runFillScript(t, after, f.env)
				seen := ""
				for _, name := range []string{"kube-apiserver.manifest", "kube-proxy.manifest", "etcd.manifest"} {
					got := startedArguments(t, after, filledCommand(t, filepath.Join(after, name)))
					seen += strings.Join(got, "\n") + "\n"
					old := filledCommand(t, filepath.Join(before, name))
					for _, shell := range shells {
						want := startedArguments(t, before, append(slices.Clone(shell), old[1:]...))
						if diff := cmp.Diff(want, got); diff != "" {
							t.Errorf("%s: %v and the exec form disagree (-shell +exec form):\n%s", name, shell, diff)
						}
					}
				}
				if !strings.Contains(seen, f.argument+"\n") {
					t.Errorf("nothing was started with %q:\n%s", f.argument, seen)
				}
			})
		}
	}
}

// filledPlaces is the number of lines of configure.sh that fill each placeholder.
var filledPlaces = map[string]int{"{{params}}": 2, "{{kubeconfig}}": 1, "{{cluster_cidr}}": 1, "{{ etcd_extra_args }}": 1}

// filledShells returns the shells that may be /bin/sh. Without bash, sed and dash it skips
// the test.
func filledShells(t *testing.T) [][]string {
	t.Helper()
	for _, name := range []string{"bash", "sed", "dash"} {
		if _, err := exec.LookPath(name); err != nil {
			if os.Getenv("REQUIRE_SHELLS") == "1" {
				t.Fatalf("%s is not installed and REQUIRE_SHELLS is 1", name)
			}
			t.Skipf("%s is not installed", name)
		}
	}
	return [][]string{{"dash"}, {"bash", "--posix"}}
}

// filledFolder copies testdata/filled to a new folder, with stubs for the programs.
func filledFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files, err := filepath.Glob("../../testdata/filled/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files to fill: %v", err)
	}
	for _, file := range files {
		copyFilled(t, file, filepath.Join(dir, filepath.Base(file)), dir)
	}
	return dir
}

// copyFilled copies a manifest or script; the programs and logs that it names
// are in dir, and each program is a stub that records its arguments.
func copyFilled(t *testing.T, from, to, dir string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.ReplaceAll(text, []byte("/var/log/"), []byte(dir+"/log-"))
	for _, m := range regexp.MustCompile(`(?:/usr/local/bin/|exec )([a-z-]+)`).FindAllSubmatch(text, -1) {
		stub := "#!/bin/sh\nprintf '%s\\0' \"$@\" >'" + dir + "/record'\n"
		if err := os.WriteFile(filepath.Join(dir, string(m[1])), []byte(stub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	text = bytes.ReplaceAll(text, []byte("/usr/local/bin/"), []byte(dir+"/"))
	if err := os.WriteFile(to, text, 0o755); err != nil {
		t.Fatal(err)
	}
}

// runFilled rewrites the manifests and returns the printed helper.
func runFilled(t *testing.T, dir, style string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	c := command.Command{Stdout: &stdout, Stderr: &stderr}
	if status := c.Main([]string{"rewrite", "--log-sink=stdout", "--placeholder-style=" + style, dir}); status != command.ExitOK {
		t.Fatalf("exit status %d\n%s", status, stderr.String())
	}
	_, helper, found := strings.Cut(stderr.String(), "\nhelper for the scripts that fill them:\n")
	helper, _, total := strings.Cut(helper, "\ntotal: ")
	if !found || !total {
		t.Fatalf("no helper was printed:\n%s", stderr.String())
	}
	return helper + "\n"
}

// filledValue matches the value that the old script writes in the place of a placeholder.
var filledValue = regexp.MustCompile(`(\{\{ ?\*?(?:params|kubeconfig|cluster_cidr|api_servers_with_port|etcd_extra_args) ?\*?\}\}@)(\$\{[a-z_]+\})@`)

// changeScript puts the helper into a script and calls it on the lines.
func changeScript(t *testing.T, script, helper, style string, producers []int) {
	t.Helper()
	text, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	for _, n := range producers {
		in := "quoted"
		if strings.Contains(lines[n-1], "cluster_cidr") || strings.Contains(lines[n-1], "kubeconfig") {
			in = "plain" // kube-proxy.manifest is YAML, its script has no quotes
		}
		changed := filledValue.ReplaceAllString(lines[n-1],
			`${1}$$(sed_replacement "$$(manifest_items `+style+` "$$(filled_text `+in+` "${2}")")")@`)
		if changed == lines[n-1] {
			t.Fatalf("line %d fills nothing: %s", n, changed)
		}
		lines[n-1] = changed
	}
	text = []byte(lines[0] + "\n" + helper + strings.Join(lines[1:], "\n"))
	if err := os.WriteFile(script, text, 0o755); err != nil {
		t.Fatal(err)
	}
}

// producerLines returns the lines of a folder's configure.sh that the report
// names, and asserts how many there are of each placeholder.
func producerLines(t *testing.T, dir string, want map[string]int) []int {
	t.Helper()
	var stdout, stderr bytes.Buffer
	c := command.Command{Stdout: &stdout, Stderr: &stderr}
	if status := c.Main([]string{"check", "--format=json", dir}); status != command.ExitFindings {
		t.Fatalf("exit status %d\n%s", status, stderr.String())
	}
	var r struct {
		Placeholders []struct {
			Text      string
			Producers []struct{ Line int }
		}
	}
	if err := json.Unmarshal(stdout.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	var lines []int
	places := map[string]int{}
	for _, p := range r.Placeholders {
		for _, l := range p.Producers {
			places[p.Text]++
			if !slices.Contains(lines, l.Line) {
				lines = append(lines, l.Line)
			}
		}
	}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Errorf("lines that fill placeholders (-want +got):\n%s", diff)
	}
	return lines
}

// runFillScript runs the script that fills the manifests of a folder.
func runFillScript(t *testing.T, dir string, env []string) {
	t.Helper()
	cmd := exec.Command("bash", filepath.Join(dir, "configure.sh"), dir)
	cmd.Env = append(env, "PATH="+os.Getenv("PATH"), "LC_ALL=C.UTF-8")
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("configure.sh: %v\n%s", err, out)
	}
}

// filledCommand returns the array that the kubelet starts for a filled manifest.
func filledCommand(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var pod struct {
		Spec struct {
			Containers []struct {
				Command []string
				Env     []struct{ Name, Value string }
			}
		}
	}
	if text[0] == '{' {
		err = json.Unmarshal(text, &pod)
	} else {
		err = yaml.Unmarshal(text, &pod)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	container := pod.Spec.Containers[0]
	var argv []string
	for _, item := range container.Command {
		argv = append(argv, expansion.Expand(item, func(name string) (string, bool) {
			for _, v := range container.Env {
				if v.Name == name {
					return v.Value, true
				}
			}
			return "", false
		}))
	}
	return argv
}

// startedArguments runs an array and returns the arguments that the stub recorded.
func startedArguments(t *testing.T, dir string, argv []string) []string {
	t.Helper()
	record := filepath.Join(dir, "record")
	program := argv[0]
	if _, err := os.Stat(filepath.Join(dir, program)); err == nil {
		program = filepath.Join(dir, program) // found on the path
	}
	cmd := exec.Command(program, argv[1:]...)
	cmd.Dir, cmd.Env = t.TempDir(), append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%q: %v\n%s", argv, err, out)
	}
	text, err := os.ReadFile(record)
	if err != nil {
		t.Fatalf("%q started nothing: %v", argv, err)
	}
	if err := os.Remove(record); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\x00"), "\x00")
}
