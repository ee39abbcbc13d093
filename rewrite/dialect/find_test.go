package dialect

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// dialectsNamed returns dialects by name, "auto" without any.
func dialectsNamed(t testing.TB, names ...string) []Dialect {
	t.Helper()
	if len(names) == 0 {
		names = []string{"auto"}
	}
	dialects, err := Named(names)
	if err != nil {
		t.Fatal(err)
	}
	return dialects
}

// describePlaceholder writes a placeholder as "dialect kind text → name".
func describePlaceholder(p Placeholder) string {
	kind := map[Kind]string{Value: "value", Control: "control", Comment: "comment"}[p.Kind]
	return p.Dialect + " " + kind + " " + p.Text + " → " + p.Name
}

func TestFind(t *testing.T) {
	tests := []struct {
		name, text string
		dialects   []string
		want       []string
	}{
		{"salt bare name", "a {{params}} {{ x-y }} {{ under_score }} {{RUN_AS}}", nil, []string{
			"salt value {{params}} → params", "salt value {{ x-y }} → x-y", "salt value {{ under_score }} → under_score", "salt value {{RUN_AS}} → RUN_AS"}},
		{"salt pillar", `{{pillar['a-b']}}{{ pillar.get('t', '3.6-0') }}{{ grains.id }}{{ salt['x.y']('}}') }}`, nil, []string{
			"salt value {{pillar['a-b']}} → pillar['a-b']", "salt value {{ pillar.get('t', '3.6-0') }} → pillar.get('t', '3.6-0')",
			"salt value {{ grains.id }} → grains.id", "salt value {{ salt['x.y']('}}') }} → salt['x.y']('}}')"}},
		{"pillar in an expression is Jinja", `{{ pillar['a'] | int }}{{ pillar_x.y }}`, nil, []string{
			"jinja value {{ pillar['a'] | int }} → pillar['a'] | int", "jinja value {{ pillar_x.y }} → pillar_x.y"}},
		{"salt beside Jinja control", "{% set a = 1 -%}\n{{params}}", nil, []string{
			"jinja control {% set a = 1 -%} → set a = 1", "salt value {{params}} → params"}},
		{"Go control", "{{- if .X }}{{else}}{{ end -}}{{range $i, $e := .L}}{{ break }}{{define \"x\"}}{{if(eq 1 1)}}", nil, []string{
			"gotemplate control {{- if .X }} → if .X", "gotemplate control {{else}} → else", "gotemplate control {{ end -}} → end",
			"gotemplate control {{range $i, $e := .L}} → range $i, $e := .L", "gotemplate control {{ break }} → break",
			"gotemplate control {{define \"x\"}} → define \"x\"", "gotemplate control {{if(eq 1 1)}} → if(eq 1 1)"}},
		{"a keyword that needs an argument is a name without one", "{{ template }}{{ end-date }}{{ ending }}", nil, []string{
			"salt value {{ template }} → template", "salt value {{ end-date }} → end-date", "salt value {{ ending }} → ending"}},
		{"Go comment with quotes and braces", "{{/* it's }} here */}}{{- /* \" */ -}}", nil, []string{
			"gotemplate comment {{/* it's }} here */}} → /* it's }} here */", "gotemplate comment {{- /* \" */ -}} → /* \" */"}},
		{"Go values", "{{.X}}{{ $x }}{{include \"a\" . | nindent 4}}{{ image | quote }}{{ x | default \"y\" }}{{ ContainerImage \"a\" }}{{ (f .x) }}", nil, []string{
			"gotemplate value {{.X}} → .X", "gotemplate value {{ $x }} → $x", "gotemplate value {{include \"a\" . | nindent 4}} → include \"a\" . | nindent 4",
			"gotemplate value {{ image | quote }} → image | quote", "gotemplate value {{ x | default \"y\" }} → x | default \"y\"",
			"gotemplate value {{ ContainerImage \"a\" }} → ContainerImage \"a\"", "gotemplate value {{ (f .x) }} → (f .x)"}},
		{"kops function", "{{ ClusterName }}{{ clusterName }}", nil, []string{
			"gotemplate value {{ ClusterName }} → ClusterName", "salt value {{ clusterName }} → clusterName"}},
		{"Jinja values", "{{ a.b }}{{ x | default('y') }}{{ f(x) }}{{ x if y else z }}{{ a in b }}{{ x['k'] }}", nil, []string{
			"jinja value {{ a.b }} → a.b", "jinja value {{ x | default('y') }} → x | default('y')", "jinja value {{ f(x) }} → f(x)",
			"jinja value {{ x if y else z }} → x if y else z", "jinja value {{ a in b }} → a in b", "jinja value {{ x['k'] }} → x['k']"}},
		{"Jinja tags and comments", "{%- if a %}{#- it's -#}{% include {{page.x}}/y %}", nil, []string{
			"jinja control {%- if a %} → if a", "jinja comment {#- it's -#} → it's", "jinja control {% include {{page.x}}/y %} → include {{page.x}}/y"}},
		{"no Jinja in a shell or a format", "${#a} #} {%s} %} {% 5 %} awk {% }", nil, nil},
		{"Liquid comment and capture", "{% comment %} {{ it's | {% endcomment -%}{% capture x %}a{% if b %}c{% endif %}{% endcapture %}d", nil, []string{
			"jinja comment {% comment %} {{ it's | {% endcomment -%} → comment", "jinja control {% capture x %}a{% if b %}c{% endif %}{% endcapture %} → capture x"}},
		{"braces around braces", "{{{ x }}} {\"a\":{{y}}} {{{z}}", nil, []string{
			"salt value {{{ x }}} → x", "salt value {{y}} → y", "salt value {{z}} → z"}},
		{"quotes hide the closer", `{{ "}}" }}{{ printf "a\"}}" .x }}`, nil, []string{
			`gotemplate value {{ "}}" }} → "}}"`, `gotemplate value {{ printf "a\"}}" .x }} → printf "a\"}}" .x`}},
		{"quotes that don't balance", "{{ it's }} x' }}\n{{ a's.b \" }} \n", nil, []string{
			"jinja value {{ it's }} → it's", "jinja value {{ a's.b \" }} → a's.b \""}},
		{"quotes inside a quoted scalar", `"--x={{ContainerConfig "y"}}"`, nil, []string{`gotemplate value {{ContainerConfig "y"}} → ContainerConfig "y"`}},
		{"raw string over lines", "{{ f `a }}\n b` }}", nil, []string{"gotemplate value {{ f `a }}\n b` }} → f `a }}\n b`"}},
		{"what never closes is text", "{{ a {{b}} {{ c", nil, []string{"salt value {{b}} → b"}},
		{"empty braces", "{{}} {{ }} {{-}}", nil, nil},
		{"ERB", "<% if a %><%= b %><%# c %>", nil, []string{"erb control <% if a %> → if a", "erb value <%= b %> → b", "erb comment <%# c %> → c"}},
		{"underscores", "__A__ /__PILLAR__X__: ___B___", nil, []string{
			"underscore value __A__ → A", "underscore value __PILLAR__X__ → PILLAR__X", "underscore value ___B___ → B"}},
		{"names with underscores", "AIRFLOW__CORE__X __init__ __A__b _____ x__A__", nil, nil},
		{"hashes", "replicas: ##n_1## a##b##", nil, []string{"hash value ##n_1## → n_1", "hash value ##b## → b"}},
		{"comments with hashes", "##a##\n  ##b## c\n### d ##\nx ####", nil, nil},
		{"angles", "image: <a.b-c_1>:x a<b", nil, []string{"angle value <a.b-c_1> → a.b-c_1"}},
		{"no angles", "</source> <1> < a> <a b> 2>&1", nil, nil},
		{"OpenShift", "${{REPLICAS}} ${{.X}} ${A}", nil, []string{"openshift value ${{REPLICAS}} → REPLICAS", "gotemplate value {{.X}} → .X"}},
		{"envsubst on request", "$A ${B_1} ${C:-d} $(E) $1 $$F", []string{"envsubst"}, []string{
			"envsubst value $A → A", "envsubst value ${B_1} → B_1", "envsubst value $F → F"}},
		{"one dialect takes all braces", "{{ a.b }}{% if x %}{{ c }}", []string{"salt"}, []string{"salt value {{ a.b }} → a.b", "salt value {{ c }} → c"}},
		{"none", "{{a}}", []string{"none"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, p := range Find([]byte(tt.text), dialectsNamed(t, tt.dialects...)) {
				got = append(got, describePlaceholder(p))
				if tt.text[p.Start:p.End] != p.Text {
					t.Errorf("offsets %d–%d give %q, want %q", p.Start, p.End, tt.text[p.Start:p.End], p.Text)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestLone(t *testing.T) {
	tests := []struct {
		text     string
		dialects []string
		want     Lone
	}{
		{"{{params}}", nil, Words},
		{"{{ pillar.get('x', 'y') }}", nil, Words},
		{"{{ .Values.x }}", nil, Refuse},
		{"{{ a.b }}", nil, Refuse},
		{"__A__", nil, Refuse},
		{"${A}", []string{"envsubst"}, Refuse},
		{"{{ a.b }}", []string{"salt"}, Refuse}, // not a form of salt
		{"{{ a }}", []string{"jinja"}, Refuse},  // the user says it is Jinja
	}
	for _, tt := range tests {
		found := Find([]byte(tt.text), dialectsNamed(t, tt.dialects...))
		if len(found) != 1 || found[0].Lone != tt.want {
			t.Errorf("%s as %v: %+v, want Lone %v", tt.text, tt.dialects, found, tt.want)
		}
	}
	if p := Find([]byte("<a>"), dialectsNamed(t)); !p[0].OutsideScripts {
		t.Error("<a> is no placeholder inside a script")
	}
}

func TestNamed(t *testing.T) {
	tests := []struct{ names, want, err string }{
		{"auto", "salt gotemplate openshift jinja erb underscore hash angle", ""},
		{"none", "", ""},
		{"jinja,salt", "salt jinja", ""},
		{"auto,envsubst", "salt gotemplate openshift jinja erb underscore hash angle envsubst", ""},
		{"salt,ruby", "", `unknown dialect "ruby": use one of auto, none, salt, gotemplate, openshift, jinja, erb, underscore, hash, angle, envsubst`},
		{"none,salt", "", `dialect "none" stands beside others in "none,salt": name it alone or leave it out`},
	}
	for _, tt := range tests {
		dialects, err := Named(strings.Split(tt.names, ","))
		var names []string
		for _, d := range dialects {
			names = append(names, d.Name)
		}
		message := ""
		if err != nil {
			message = err.Error()
		}
		if got := strings.Join(names, " "); got != tt.want || message != tt.err {
			t.Errorf("Named(%s) = %q, %q, want %q, %q", tt.names, got, message, tt.want, tt.err)
		}
	}
}
