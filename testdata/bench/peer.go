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

// peer is a command to measure.
type peer struct {
	name    string
	argvs   [][]string // run one after the other
	version []string   // prints the version, nil for shellfree
	found   func(cost) string
	unread  func(cost) string // files that it says it could not read
}

// shellPattern is the pattern for the peer that only searches.
const shellPattern = "(sh|bash|ash|dash|ksh|zsh)"

// commandRule is ast-grep's rule. It matches every command key with any value.
const commandRule = `{id: command, language: yaml, rule: {any: [{kind: block_mapping_pair}, {kind: flow_pair}], has: {field: key, regex: '^["'']?command["'']?$'}}}`

func (b *bench) shellfreePeer(name string, args ...string) peer {
	return peer{name: name, argvs: [][]string{append([]string{b.self}, args...)},
		found: matchedNumber(`parsed, \d+ not; (\d+) findings; `, " findings"), unread: matchedNumber(`parsed, (\d+) not; `, "")}
}

func (b *bench) sparsePeers(t tree) []peer {
	search := func(flag string) peer {
		return peer{"`rg " + flag + " '" + shellPattern + "'`", [][]string{{"rg", flag, "--no-ignore", shellPattern, t.dir}}, []string{"rg", "--version"}, lines(" files"), errorLines}
	}
	return []peer{search("-l"), search("-c"),
		b.shellfreePeer("`shellfree check`", "check", "--fail-on=none", "--stats", t.dir),
		b.shellfreePeer("`shellfree check --no-prefilter`", "check", "--fail-on=none", "--stats", "--no-prefilter", t.dir)}
}

func (b *bench) densePeers(t tree, apartDir string) ([]peer, error) {
	manifests, err := t.filesWithEnding(".yaml", ".yml")
	if err != nil {
		return nil, err
	}
	grep := []string{"ast-grep", "scan", "--inline-rules", commandRule, "--no-ignore", "hidden", "--json=stream", t.dir}
	schemas, how := b.schemas, "with local schemas"
	if schemas == "" {
		schemas, how = "none/{{.ResourceKind}}.json", "without schemas: parses only"
	}
	diff := b.shellfreePeer("`shellfree diff`", "diff", "--stats", ".")
	diff.argvs[0] = append([]string{"env", "-C", t.dir}, diff.argvs[0]...)
	return []peer{
		b.shellfreePeer("`shellfree check`", "check", "--fail-on=none", "--stats", t.dir),
		diff,
		b.shellfreePeer("`shellfree check`, no two files alike", "check", "--fail-on=none", "--stats", apartDir),
		{"`ast-grep`, each `command` key", [][]string{grep}, []string{"ast-grep", "--version"}, lines(" matches"), notTold},
		yq(manifests),
		{"`kubeconform`, " + how, [][]string{{"kubeconform", "-n", "2", "-summary", "-ignore-missing-schemas", "-schema-location", schemas, t.dir}},
			[]string{"kubeconform", "-v"}, matchedNumber(`(\d+) resources? found`, " resources"), matchedNumber(`Errors: (\d+)`, " resources")},
	}, nil
}

// yq returns the peer that reads each file and prints the mappings with a command. It stops
// at the first file that it can't read, so those are found first and left out. One process
// reads as many files as a command line may hold.
func yq(manifests []string) peer {
	const expression = `.. | select(tag == "!!map" and has("command"))`
	words := []string{"yq", "--no-doc", "--indent=0", "--output-format=json", expression}
	p := peer{name: "`yq '" + expression + "'`", version: []string{"yq", "--version"}, found: lines(" matches")}
	if _, err := exec.LookPath("yq"); err != nil {
		p.argvs = [][]string{words}
		return p
	}
	good := readableFiles(manifests, words)
	for part := range slices.Chunk(good, 5000) {
		p.argvs = append(p.argvs, append(slices.Clone(words), part...))
	}
	p.unread = func(cost) string { return fmt.Sprint(len(manifests) - len(good)) }
	return p
}

// readableFiles returns the files for which a command exits with 0.
func readableFiles(files, words []string) []string {
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

// lines returns a function that returns the number of lines printed.
func lines(what string) func(cost) string {
	return func(c cost) string { return fmt.Sprintf("%d%s", c.stdout.lines, what) }
}

func errorLines(c cost) string { return fmt.Sprint(c.stderr.lines) }

func notTold(cost) string { return "not told" }

// matchedNumber returns a function that returns the number in the output that the expression
// matches.
func matchedNumber(expression, what string) func(cost) string {
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

// release returns a peer's version, as the peer prints it.
func (p peer) release() string {
	if p.version == nil {
		return "this one"
	}
	c := runCommand(nil, p.version, true)
	said := string(c.stdout.tail) + string(c.stderr.tail)
	return cmp.Or(number.FindString(said), strings.TrimSpace(said))
}

// comparePeers measures peers and returns a line for each. The ratios are to the first peer
// that is installed.
func (b *bench) comparePeers(peers []peer) string {
	t := newTable("", "version", "wall", "ratio", "CPU", "ratio", "peak memory", "found", "unread files")
	var first *cost
	for _, p := range peers {
		if len(p.argvs) == 0 {
			continue
		}
		if _, err := exec.LookPath(p.argvs[0][0]); err != nil {
			t.addRow(p.name, "not installed", "", "", "", "", "", "", "")
			continue
		}
		c := b.medianCost(nil, p.argvs...)
		if first == nil {
			first = &c
		}
		t.addRow(p.name, p.release(), fmt.Sprintf("%.2f s", c.wall.Seconds()), ratio(c.wall, first.wall), seconds(c), ratio(c.cpu, first.cpu), megabytes(c.peak), p.found(c), p.unread(c))
	}
	return t.String()
}

func ratio[N ~int64](a, b N) string { return fmt.Sprintf("%.2f", float64(a)/float64(b)) }
