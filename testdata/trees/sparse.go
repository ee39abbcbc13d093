package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
)

// Shares of the sparse tree in percent of its files. A GitOps tree is mostly rendered
// manifests. Most of them have the letters sh (dashboards, shards, refresh, publish) but no
// shell.
const (
	shellShare   = 1.6
	lettersShare = 60.0
)

// writeSparseTree writes n files of about 6 KB; shells is the percentage of files that start a
// shell. The content of a file depends only on its number. There are folders of a thousand, ten
// thousand and a hundred thousand files.
func writeSparseTree(dir string, n int, shells float64) error {
	for i := range n {
		r := rand.New(rand.NewPCG(1729, uint64(i)))
		name, text := manifest(r, i, shells)
		cluster := fmt.Sprintf("zone-%d/region-%d/cluster-%d", i/100_000, i/10_000%10, i/1000%10)
		folder := filepath.Join(dir, cluster, fmt.Sprintf("%s-%02d", team(i), i/20%50))
		if err := writeFile(filepath.Join(folder, name), text); err != nil {
			return err
		}
	}
	return nil
}

func team(i int) string {
	return []string{"billing", "edge", "ingest", "ledger", "mail", "portal", "queue", "report", "vault", "web"}[i/100%10]
}

// kinds are the kinds of files in a GitOps tree, with their share in percent.
var kinds = []struct {
	share float64
	name  string
	make  func(*file)
}{
	{34, "deployment.yaml", (*file).deployment},
	{16, "service.yaml", (*file).service},
	{18, "configmap.yaml", (*file).configMap},
	{8, "kustomization.yaml", (*file).kustomization},
	{10, "values.yaml", (*file).values},
	{8, "crd.yaml", (*file).crd},
	{6, "dashboard.json", (*file).dashboard},
}

// file is one manifest that is being written.
type file struct {
	*rand.Rand
	bytes.Buffer
	number  int
	letters bool // holds the letters sh
	shell   bool // starts a shell
}

func manifest(r *rand.Rand, i int, shells float64) (string, []byte) {
	f := &file{Rand: r, number: i}
	f.shell = r.Float64()*100 < shells
	f.letters = f.shell || r.Float64()*100 < lettersShare
	at := r.Float64() * 100
	for _, k := range kinds {
		if at -= k.share; at >= 0 && k.name != kinds[len(kinds)-1].name {
			continue
		}
		if f.shell {
			k.name, k.make = "deployment.yaml", (*file).deployment
		}
		k.make(f)
		return fmt.Sprintf("%05d-%s", i, k.name), f.Bytes()
	}
	panic("not reached")
}

func (f *file) addLine(format string, args ...any) {
	fmt.Fprintf(f, format+"\n", args...)
}

// word returns a word for names. It has the letters sh only if the file may have them.
func (f *file) word() string {
	words := []string{"api", "batch", "cart", "data", "event", "front", "gate", "host", "index", "job", "kafka", "load", "metric",
		"node", "order", "proxy", "query", "route", "store", "token", "user", "view", "worker", "zone"}
	if f.letters {
		words = append(words, "dashboard", "shard", "refresh", "publisher", "shipping")
	}
	return words[f.IntN(len(words))]
}

func (f *file) name() string { return f.word() + "-" + f.word() + fmt.Sprint(f.IntN(100)) }

func (f *file) addHead(api, kind string) string {
	name := f.name()
	f.addLine("apiVersion: %s\nkind: %s\nmetadata:\n  name: %s\n  namespace: %s\n  labels:", api, kind, name, f.word())
	for range 3 + f.IntN(4) {
		f.addLine("    app.kubernetes.io/%s: %s", f.word(), f.name())
	}
	if f.letters {
		f.addLine("    team.example.com/refresh: \"true\"")
	}
	return name
}

func (f *file) deployment() {
	name := f.addHead("apps/v1", "Deployment")
	f.addLine("spec:\n  replicas: %d\n  selector:\n    matchLabels:\n      app: %s\n  template:\n    metadata:\n      labels:\n        app: %s\n    spec:\n      containers:",
		1+f.IntN(9), name, name)
	for i := range 1 + f.IntN(4) {
		f.container(i == 0)
	}
	f.addLine("      volumes:")
	for range 2 + f.IntN(5) {
		f.addLine("      - name: %s\n        configMap:\n          name: %s", f.name(), f.name())
	}
}

func (f *file) container(first bool) {
	f.addLine("      - name: %s\n        image: registry.example.com/%s/%s:v%d.%d.%d\n        imagePullPolicy: IfNotPresent", f.name(), f.word(), f.word(), f.IntN(3), f.IntN(30), f.IntN(10))
	switch {
	case f.shell && first:
		f.addLine("        command:\n        - /bin/sh\n        - -c\n        - exec /usr/local/bin/%s --v=2 --port=%d >>/var/log/%s.log 2>&1", f.word(), f.IntN(9000), f.word())
	case f.IntN(3) > 0:
		f.addLine("        command:\n        - /usr/local/bin/%s\n        args:", f.word())
		for range 2 + f.IntN(8) {
			f.addLine("        - --%s=%s", f.word(), f.name())
		}
	}
	f.addLine("        env:")
	for range 3 + f.IntN(12) {
		f.addLine("        - name: %s\n          value: %q", strings.ToUpper(f.word()), f.name())
	}
	f.addLine("        ports:\n        - containerPort: %d\n          name: http\n          protocol: TCP", 1024+f.IntN(9000))
	f.addLine("        livenessProbe:\n          httpGet:\n            path: /healthz\n            port: http\n          periodSeconds: 10")
	f.addLine("        resources:\n          limits:\n            cpu: %dm\n            memory: %dMi\n          requests:\n            cpu: 10m\n            memory: 64Mi", 100+f.IntN(900), 64+f.IntN(900))
	f.addLine("        volumeMounts:")
	for range 1 + f.IntN(5) {
		f.addLine("        - name: %s\n          mountPath: /etc/%s/%s", f.name(), f.word(), f.word())
	}
}

func (f *file) service() {
	for range 2 + f.IntN(6) {
		name := f.addHead("v1", "Service")
		f.addLine("spec:\n  type: ClusterIP\n  selector:\n    app: %s\n  ports:\n  - name: http\n    port: 80\n    targetPort: %d\n---", name, 1024+f.IntN(9000))
	}
}

func (f *file) configMap() {
	f.addHead("v1", "ConfigMap")
	f.addLine("data:")
	for range 2 + f.IntN(5) {
		f.addLine("  %s.properties: |", f.name())
		for range 10 + f.IntN(40) {
			f.addLine("    %s.%s.%s=%s", f.word(), f.word(), f.word(), f.name())
		}
	}
}

func (f *file) kustomization() {
	f.addLine("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:")
	for range 5 + f.IntN(40) {
		f.addLine("- ../../base/%s/%s.yaml", f.word(), f.name())
	}
	if f.letters {
		f.addLine("- ../dashboards")
	}
	f.addLine("images:")
	for range 3 + f.IntN(20) {
		f.addLine("- name: registry.example.com/%s\n  newTag: v%d.%d", f.name(), f.IntN(9), f.IntN(40))
	}
}

func (f *file) values() {
	for range 20 + f.IntN(60) {
		f.addLine("%s:\n  enabled: %t\n  image:\n    repository: registry.example.com/%s\n    tag: v1.%d\n  replicas: %d", f.name(), f.IntN(2) == 0, f.word(), f.IntN(50), f.IntN(5))
	}
	if f.letters {
		f.addLine("refresh: 30s")
	}
}

func (f *file) crd() {
	f.addHead("apiextensions.k8s.io/v1", "CustomResourceDefinition")
	f.addLine("spec:\n  group: example.com\n  versions:\n  - name: v1\n    schema:\n      openAPIV3Schema:\n        type: object\n        properties:")
	for range 60 + f.IntN(200) {
		f.addLine("          %s:\n            description: The %s of the %s, which %s sets when the %s is ready.\n            type: string", f.name(), f.word(), f.word(), f.word(), f.word())
	}
}

func (f *file) dashboard() {
	f.addLine("{\n  \"title\": %q,\n  \"panels\": [", f.name())
	for range 30 + f.IntN(60) {
		f.addLine("    {\"type\": \"graph\", \"title\": %q, \"targets\": [{\"expr\": \"sum(rate(%s_%s_total[5m])) by (%s)\"}]},", f.name(), f.word(), f.word(), f.word())
	}
	f.addLine("    {}\n  ]")
	if f.letters {
		f.addLine("  ,\"refresh\": \"30s\"")
	}
	f.addLine("}")
}
