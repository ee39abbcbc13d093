package producer

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// One placeholder of each kind.
var (
	params  = Placeholder{"{{params}}", "params"}
	pillars = Placeholder{"{{ pillar['x_args'] }}", "pillar['x_args']"}
	values  = Placeholder{"{{ .Values.proxy.args }}", ".Values.proxy.args"}
	fields  = Placeholder{"{{ .Params }}", ".Params"}
	under   = Placeholder{"__PARAMS__", "PARAMS"}
	hash    = Placeholder{"##params##", "params"}
)

// lineTest holds lines that fill a placeholder, and lines that don't.
type lineTest struct {
	way          string
	placeholder  Placeholder
	file         string
	hits, misses []string
}

var lineTests = []lineTest{
	{"sed", params, "fill.sh", []string{
		`sed -e "s@{{params}}@${params}@g" x`,
		`sed -i -e "s/{{ *params *}}/${params}/" x`,
		`sed 's|\{\{params\}\}|'"${params}"'|' x`,
		`sed "s#{{ params }}#$p#" x`,
		`sed "s,{{[[:space:]]*params[[:space:]]*}},$p," x`,
		`sed -E 's/[{][{]\s*params\s*[}][}]/x/' x`,
		`  -e "s@{{x}}@y@" -e "s@{{params}}@z@" \`,
		`s@^\( *\){{params}}$@\1--v=2@`,
		`1s@{{params}}@x@`,
		`sed "s@{{params}}@$(flags \`,
		`perl -pe 's/\{\{params\}\}/$ENV{P}/g' x`,
		`perl -pe 's/\Q{{params}}\E/x/' x`,
	}, []string{
		`sed -e "s@{{params2}}@${params}@g" x`,
		`sed -e "s@{{my_params}}@${params}@g" x`,
		`sed -e "s@PARAMS@{{params}}@g" x`,
		`# sed -e "s@{{params}}@${params}@g" x`,
		`exec kube-apiserver {{params}} --s=/x/y 1>>/var/log/x.log`,
		`mount: /s/{{params}}/y`,
		`sed -e "s@params@x@" y`,
	}},
	{"sed address", params, "fill.sh", []string{
		`sed -e '/{{params}}/r flags.txt' x`,
		`sed -e '/{{params}}/d' x`,
		`awk '/\{\{params\}\}/ { print flags; next }' x`,
	}, []string{
		`ls /etc/{{params}}/d`,
		`sed -e s/a/b/ /etc/{{params}}/rules`,
	}},
	{"call", params, "fill.py", []string{
		`text = text.replace("{{params}}", " ".join(flags))`,
		`text = re.sub(r"\{\{\s*params\s*\}\}", flags, text)`,
		`awk '{ gsub(/\{\{params\}\}/, flags); print }' x`,
		`text = strings.ReplaceAll(string(text), "{{params}}", flags)`,
		`text = strings.Replace(text, "{{params}}", flags, -1)`,
		`r := strings.NewReplacer("{{a}}", a, "{{params}}", flags)`,
		`text.replace(/\{\{params\}\}/g, flags)`,
		`text.gsub!('{{params}}', flags)`,
		`$text = $text -replace '{{params}}', $flags`,
	}, []string{
		`text = text.replace("PARAMS", "{{params}}")`,
		`text = strings.Replace(text, "PARAMS", "{{params}}", -1)`,
		`awk '{ gsub(/PARAMS/, "{{params}}", $0); print }' x`,
		`print("{{params}}", flags)`,
		`// text.replace("{{params}}", flags)`,
	}},
	{"parameter expansion", params, "fill.sh", []string{
		`echo "${text//\{\{params\}\}/${params}}"`,
		`echo "${text/'{{params}}'/$params}"`,
		`echo "${texts[0]//"{{params}}"/$params}"`,
	}, []string{
		`echo "${text//PARAMS/{{params}}}"`,
		`echo "${text:-{{params}}/x}"`,
	}},
	{"jinja set", params, "kube-proxy.manifest", []string{
		`{% set params = "--v=2" -%}`,
		`{%- set params="--v=2" %}`,
		`{% set x = 1 %}{% set params = x %}`,
	}, []string{
		`{% set params2 = "--v=2" %}`,
		`{% if params == "" %}`,
		`{{params}}`,
		`params: x`,
	}},
	{"pillar", pillars, "cluster.sls", []string{
		`x_args: "--v=2"`,
		`  'x_args': --v=2`,
	}, []string{
		`my_x_args: "--v=2"`,
		`other: x_args`,
	}},
	{"sed of a pillar", pillars, "fill.sh", []string{
		`sed -e "s@{{ *pillar\['x_args'\] *}}@${x}@g"`,
		`sed -e "s@{{pillar['x_args']}}@${x}@g"`,
	}, []string{
		`sed -e "s@{{pillar\['y_args'\]}}@${x_args}@g"`,
		`x_args: --v=2`,
	}},
	{"variable of a state", params, "kube-proxy.sls", []string{
		"  - context:\n      params: --v=2",
	}, []string{
		"  - context:\n      params2: --v=2",
	}},
	{"values.yaml", values, "chart/values-prod.yaml", []string{
		"proxy:\n  # more\n  args: --v=2",
		"proxy:\n  image:\n    tag: x\n  args: |",
	}, []string{
		"args: --v=2",
		"proxy:\n  x: y\nother:\n  args: --v=2",
		"proxy:\n  deep:\n    args: --v=2",
	}},
	{"values elsewhere", values, "chart/templates/x.yaml", nil, []string{"proxy:\n  args: --v=2"}},
	{"--set", values, "install.sh", []string{
		`helm install x . --set proxy.args="$args"`,
		`helm install x . --set-string "a=b,proxy.args=$args"`,
		`helm install x . --set a=b --set=proxy.args=x`,
	}, []string{
		`helm install x . --set other.proxy.args=x`,
		`helm install x . --set args=x`,
	}},
	{"program", fields, "render.go", []string{
		`	"Params": strings.Join(flags, " "),`,
		`	Params: flags,`,
		`	t.Execute(w, config{Name: n, Params: flags})`,
		`	config.Params = flags`,
		`	data["Params"] = flags`,
	}, []string{
		`	if config.Params == "" {`,
		`	fmt.Println(config.Params)`,
		`	"MyParams": x,`,
		`	Params := x`,
	}},
	{"python program", params, "render.py", []string{
		`template.render(params=flags)`,
		`template.render(name=n, params=flags)`,
		`data = {"params": flags}`,
	}, []string{
		`params = parse()`,
		`if x(params==1):`,
	}},
	{"a bare name in Go", params, "render.go", nil, []string{`	params: flags,`, `	"params": flags,`}},
	{"fields elsewhere", fields, "manifest.yaml", nil, []string{`  Params: x`}},
	{"underscores", under, "fill.sh", []string{
		`sed -e "s/__PARAMS__/$p/" x`,
		`echo "${text//__PARAMS__/$p}"`,
	}, []string{
		`sed -e "s/__MY__PARAMS__/$p/" x`,
		`sed -e "s/PARAMS/$p/" x`,
	}},
	{"hashes", hash, "fill.sh", []string{
		`sed -e "s/##params##/$p/" x`,
	}, []string{
		`## params ##`,
	}},
}

// TestLine asserts of single lines whether they fill a placeholder.
func TestLine(t *testing.T) {
	for _, test := range lineTests {
		t.Run(test.way, func(t *testing.T) {
			search := New([]Placeholder{test.placeholder})
			for _, text := range test.hits {
				got := search.File(test.file, []byte("#!/bin/template\n"+text+"\n"))[test.placeholder.Text].Producers
				if last := 2 + strings.Count(text, "\n"); len(got) != 1 || got[0].Number != last {
					t.Errorf("not found on line %d: %s\n%v", last, text, got)
				}
			}
			for _, text := range test.misses {
				if got := search.File(test.file, []byte(text+"\ntemplate\n")); len(got) > 0 {
					t.Errorf("found: %s\n%v", text, got)
				}
			}
		})
	}
}

// TestWays asserts that the page on placeholders names each way, and that
// TestLine has lines of it.
func TestWays(t *testing.T) {
	page, err := os.ReadFile("../../docs/placeholders.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range ways() {
		if !strings.Contains(string(page), "\n| "+w.name+" | ") {
			t.Errorf("%s is not on the page", w.name)
		}
		if !slices.ContainsFunc(lineTests, func(test lineTest) bool {
			return test.way == w.name && len(test.hits) > 0 && len(test.misses) > 0
		}) {
			t.Errorf("%s has no hit and near miss", w.name)
		}
	}
}
