package main

import (
	"cmp"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// peer is a command to time.
type peer struct {
	name    string
	argvs   [][]string // run one after the other
	version []string   // prints the version, nil for shellfree
	found   func(cost) string
	unread  func(cost) string // files that it could not read, as far as it tells
}

// shells is what the peer that only searches looks for.
const shells = "(sh|bash|ash|dash|ksh|zsh)"

// command is ast-grep's rule: every command key, whatever its value.
const command = `{id: command, language: yaml, rule: {any: [{kind: block_mapping_pair}, {kind: flow_pair}], has: {field: key, regex: '^["'']?command["'']?$'}}}`

func (b *bench) shellfree(name string, args ...string) peer {
	return peer{name: name, argvs: [][]string{append([]string{b.self}, args...)},
		found: matched(`parsed, \d+ not; (\d+) findings; `, " findings"), unread: matched(`parsed, (\d+) not; `, "")}
}

func (b *bench) sparsePeers(t tree) []peer {
	search := func(flag string) peer {
		return peer{"`rg " + flag + " '" + shells + "'`", [][]string{{"rg", flag, "--no-ignore", shells, t.dir}}, []string{"rg", "--version"}, lines(" files"), errorLines}
	}
	return []peer{search("-l"), search("-c"),
		b.shellfree("`shellfree check`", "check", "--fail-on=none", "--stats", t.dir),
		b.shellfree("`shellfree check --no-prefilter`", "check", "--fail-on=none", "--stats", "--no-prefilter", t.dir)}
}

func (b *bench) densePeers(t tree, apartDir string) ([]peer, error) {
	manifests, err := t.named(".yaml", ".yml")
	if err != nil {
		return nil, err
	}
	grep := []string{"ast-grep", "scan", "--inline-rules", command, "--no-ignore", "hidden", "--json=stream", t.dir}
	schemas, how := b.schemas, "with local schemas"
	if schemas == "" {
		schemas, how = "none/{{.ResourceKind}}.json", "without schemas: parses only"
	}
	diff := b.shellfree("`shellfree diff`", "diff", "--stats", ".")
	diff.argvs[0] = append([]string{"env", "-C", t.dir}, diff.argvs[0]...)
	return []peer{
		b.shellfree("`shellfree check`", "check", "--fail-on=none", "--stats", t.dir),
		diff,
		b.shellfree("`shellfree check`, no two files alike", "check", "--fail-on=none", "--stats", apartDir),
		{"`ast-grep`, each `command` key", [][]string{grep}, []string{"ast-grep", "--version"}, lines(" matches"), untold},
		yq(manifests),
		{"`kubeconform`, " + how, [][]string{{"kubeconform", "-n", "2", "-summary", "-ignore-missing-schemas", "-schema-location", schemas, t.dir}},
			[]string{"kubeconform", "-v"}, matched(`(\d+) resources? found`, " resources"), matched(`Errors: (\d+)`, " resources")},
	}, nil
}

// yq returns the peer that reads each file and prints the mappings with a command.
// It stops at the first file that it can't read, so those are looked for ahead and
// left out; the rest is one process for as many files as a command line may hold.
func yq(manifests []string) peer {
	const expression = `.. | select(tag == "!!map" and has("command"))`
	words := []string{"yq", "--no-doc", "--indent=0", "--output-format=json", expression}
	p := peer{name: "`yq '" + expression + "'`", version: []string{"yq", "--version"}, found: lines(" matches")}
	if _, err := exec.LookPath("yq"); err != nil {
		p.argvs = [][]string{words}
		return p
	}
	good := readable(manifests, words)
	for part := range slices.Chunk(good, 5000) {
		p.argvs = append(p.argvs, append(slices.Clone(words), part...))
	}
	p.unread = func(cost) string { return fmt.Sprint(len(manifests) - len(good)) }
	return p
}

// readable returns the files that a command exits with 0 for.
func readable(files, words []string) []string {
	good := make([]string, len(files))
	var wait sync.WaitGroup
	slots := make(chan struct{}, 2)
	for i, file := range files {
		slots <- struct{}{}
		wait.Go(func() {
			if exec.Command(words[0], append(slices.Clone(words[1:]), file)...).Run() == nil {
				good[i] = file
			}
			<-slots
		})
	}
	wait.Wait()
	return slices.DeleteFunc(good, func(file string) bool { return file == "" })
}

// lines counts what a command printed.
func lines(what string) func(cost) string {
	return func(c cost) string { return fmt.Sprintf("%d%s", c.stdout.lines, what) }
}

func errorLines(c cost) string { return fmt.Sprint(c.stderr.lines) }

func untold(cost) string { return "not told" }

// matched returns the number that a command printed at the expression.
func matched(expression, what string) func(cost) string {
	e := regexp.MustCompile(expression)
	return func(c cost) string {
		for _, out := range []output{c.stdout, c.stderr} {
			if m := e.FindSubmatch(out.tail); m != nil {
				return string(m[1]) + what
			}
		}
		return "not told"
	}
}

var number = regexp.MustCompile(`\d+(\.\d+)+`)

// release returns a peer's version as it says it.
func (p peer) release() string {
	if p.version == nil {
		return "this one"
	}
	c := run(nil, p.version, true)
	said := string(c.stdout.tail) + string(c.stderr.tail)
	return cmp.Or(number.FindString(said), strings.TrimSpace(said))
}

// compare times peers and returns a line for each; the ratios are to the first
// that is there.
func (b *bench) compare(peers []peer) string {
	t := newTable("", "version", "wall", "ratio", "CPU", "ratio", "peak memory", "found", "unread files")
	var first *cost
	for _, p := range peers {
		if len(p.argvs) == 0 {
			continue
		}
		if _, err := exec.LookPath(p.argvs[0][0]); err != nil {
			t.row(p.name, "not installed", "", "", "", "", "", "", "")
			continue
		}
		c := b.measure(nil, p.argvs...)
		if first == nil {
			first = &c
		}
		t.row(p.name, p.release(), fmt.Sprintf("%.2f s", c.wall.Seconds()), ratio(c.wall, first.wall), seconds(c), ratio(c.cpu, first.cpu), megabytes(c.peak), p.found(c), p.unread(c))
	}
	return t.String()
}

func ratio[N ~int64](a, b N) string { return fmt.Sprintf("%.2f", float64(a)/float64(b)) }
