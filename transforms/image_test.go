package transforms

import (
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

func TestImageMatches(t *testing.T) {
	for _, test := range []struct {
		pattern, image string
		want           bool
	}{
		{"acme", "acme:1.2", true},
		{"acme", "localhost:5000/x/acme:1.2@sha256:00", true},
		{"acme*", "localhost:5000/x/acme-amd64", true},
		{"localhost:5000/x/*", "localhost:5000/x/acme:1.2", true},
		{"acme:1.2", "acme:1.2", true},
		{"acme:*", "acme:1.2", true},
		{"{{registry}}/acme", "{{registry}}/acme:{{tag}}", true},
		{"acme:1.2", "acme:1.3", false},
		{"x/*", "localhost:5000/x/acme", false},
		{"acme", "acme-amd64", false},
		{"*", "", false},
	} {
		if got := (Image{Pattern: test.pattern}).Matches(test.image); got != test.want {
			t.Errorf("%q matches %q: %v", test.pattern, test.image, got)
		}
	}
}

func TestImages(t *testing.T) {
	version := func(s string) Version { return version(t, s) }
	yes, no := Carried{Said: true, Yes: true}, Carried{Said: true}
	with := func(images ...Image) Options { return Options{Configured: Configured{Images: images}} }
	flags := func(o Options, runner, kubernetes string) Options {
		o.RunnerPath, o.KubernetesVersion = runner, kubernetes
		return o
	}
	for _, test := range []configuredTest{
		{name: "version of an image without tag", words: "cluster-autoscaler", image: "ca", options: with(Image{Pattern: "ca", Version: version("1.20.0")}),
			version: "1.20.0", sink: "klog", argv: "cluster-autoscaler --logtostderr=false --log-file=/F --log-file-max-size=0"},
		{name: "the configuration wins over another program's tag", words: "glbc", image: "glbc:9.9.9", options: with(Image{Pattern: "glbc", Version: version("1.2.3")}),
			version: "1.2.3", said: []string{"glbc 1.2.3 logs with glog", "and sets --logtostderr=true itself"}},
		{name: "a core component's tag wins over the configuration", words: "kube-proxy", image: "kube-proxy:v1.20.0", options: with(Image{Pattern: "kube-proxy", Version: version("1.30")}),
			version: "v1.20.0", sink: "klog", argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0"},
		{name: "the command line wins over all", words: "kube-proxy", image: "kube-proxy:v1.30.0", options: flags(with(Image{Pattern: "kube-proxy", Version: version("1.30")}), "", "1.21"),
			version: "1.21", sink: "klog", argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0"},
		{name: "the image's version before that of all", words: "kube-proxy", image: "kube-proxy:{{tag}}", version: "1.22", sink: "klog",
			options: Options{Configured: Configured{KubernetesVersion: version("1.30"), Images: []Image{{Pattern: "kube-proxy", Version: version("1.22")}}}},
			argv:    "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0"},
		{name: "that of all", words: "kube-proxy", image: "kube-proxy:{{tag}}", options: Options{Configured: Configured{KubernetesVersion: version("1.30")}},
			version: "1.30", sink: "runner", argv: "/go-runner --log-file=/F kube-proxy"},
		{name: "that of all is for core only", words: "glbc", image: "glbc", options: Options{Configured: Configured{KubernetesVersion: version("1.5")}},
			sink: "klog", argv: "glbc --logtostderr=false --log_file=/F", said: []string{"can't be read"}},
		{name: "a runner", words: "run.sh", image: "x/acme:1.0", options: with(Image{Pattern: "acme", Runner: yes}), version: "1.0", sink: "runner", argv: "/go-runner --log-file=/F run.sh"},
		{name: "a runner elsewhere", words: "run.sh", image: "acme:1.0", options: with(Image{Pattern: "acme", Runner: Carried{Said: true, Yes: true, Path: "/r"}}), version: "1.0", sink: "runner", argv: "/r --log-file=/F run.sh"},
		{name: "the command line's path wins", words: "run.sh", image: "acme:1.0", options: flags(with(Image{Pattern: "acme", Runner: Carried{Said: true, Yes: true, Path: "/r"}}), "/s", ""), version: "1.0", sink: "runner", argv: "/s --log-file=/F run.sh"},
		{name: "the path of all", words: "kube-proxy", image: "kube-proxy:v1.30.0", options: Options{Configured: Configured{RunnerPath: "/all"}}, version: "v1.30.0", sink: "runner", argv: "/all --log-file=/F kube-proxy"},
		{name: "no runner", words: "kube-proxy", image: "kube-proxy:v1.30.0", options: with(Image{Pattern: "kube-proxy", Runner: no}), version: "v1.30.0", said: []string{"the configuration says that kube-proxy carries no log runner"}},
		{name: "no runner elsewhere", words: "kube-proxy", image: "kube-proxy:v1.30.0", options: with(Image{Pattern: "acme", Runner: no}), version: "v1.30.0", sink: "runner", argv: "/go-runner --log-file=/F kube-proxy"},
		{name: "a runner asked for and known needs no word", words: "x", image: "acme:1.0", options: Options{Sink: "runner", Configured: Configured{Images: []Image{{Pattern: "acme", Runner: yes}}}},
			version: "1.0", sink: "runner", argv: "/go-runner --log-file=/F x", said: []string{"!must carry"}},
		{name: "the first entry counts", words: "run.sh", image: "acme:1.0", options: with(Image{Pattern: "acme", Runner: yes}, Image{Pattern: "*", Runner: no}), version: "1.0", sink: "runner", argv: "/go-runner --log-file=/F run.sh"},
		{name: "a program by its image", words: "/app", image: "ca:1.20.0", options: with(Image{Pattern: "ca", Program: "cluster-autoscaler"}),
			version: "1.20.0", sink: "klog", argv: "/app --logtostderr=false --log-file=/F --log-file-max-size=0", said: []string{"!catalogue"}},
		{name: "a known program stays what it is", words: "/run.sh", image: "ca:1.20.0", options: with(Image{Pattern: "ca", Program: "cluster-autoscaler"}), version: "1.20.0", said: []string{"run.sh is a script"}},
		{name: "a name that says too little", words: "/monitor", image: "acme:1.0", version: "1.0", sink: "klog", argv: "/monitor --logtostderr=false --log-file=/F", said: []string{"monitor is not in the catalogue"}},
		{name: "with its image", words: "/monitor", image: "prometheus-to-sd:v0.2.1", version: "v0.2.1", said: []string{"monitor (prometheus-to-sd) logs with glog"}},
	} {
		t.Run(test.name, test.run)
	}
}

func TestFatalOnly(t *testing.T) {
	o := Options{Configured: Configured{FatalOnly: true}}
	for _, test := range []configuredTest{
		{name: "added", words: "kube-proxy -v=2", image: "kube-proxy:v1.20.0", options: o, version: "v1.20.0", sink: "klog",
			argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0 --stderrthreshold=FATAL -v=2", said: []string{"fatal errors also go"}},
		{name: "without effect beside tee", words: "kube-proxy", image: "kube-proxy:v1.20.0", streams: "2>&1 | tee -a F", options: o, version: "v1.20.0", sink: "klog",
			argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0 --alsologtostderr=true"},
		{name: "set already", words: "kube-proxy --stderrthreshold=INFO", image: "kube-proxy:v1.20.0", options: o, version: "v1.20.0", sink: "klog",
			argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0 --stderrthreshold=INFO", said: []string{"--stderrthreshold=INFO says what also goes to"}},
		{name: "not for the unknown", words: "acme", options: o, sink: "klog", argv: "acme --logtostderr=false --log-file=/F"},
		{name: "not for the runner", words: "kube-proxy", image: "kube-proxy:v1.30.0", options: o, version: "v1.30.0", sink: "runner", argv: "/go-runner --log-file=/F kube-proxy"},
	} {
		t.Run(test.name, test.run)
	}
}

// TestFacts: facts of programs and versions, each with its near miss.
func TestFacts(t *testing.T) {
	for _, test := range []configuredTest{
		{name: "dashes only", words: "/proxy-server", image: "kas-network-proxy/proxy-server:v0.31.2", version: "v0.31.2", sink: "klog", argv: "/proxy-server --logtostderr=false --log-file=/F --log-file-max-size=0"},
		{name: "ccm 1.20", words: "ccm/cloud-controller-manager", image: "cloud-controller-manager:v1.20.1", version: "v1.20.1", sink: "klog", argv: "ccm/cloud-controller-manager --logtostderr=false --log-file=/F --log-file-max-size=0"},
		{name: "ccm 1.21", words: "cloud-controller-manager", image: "cloud-controller-manager:v1.21.1", version: "v1.21.1", sink: "klog", argv: "cloud-controller-manager --logtostderr=false --log_file=/F --log_file_max_size=0"},
		{name: "ccm of no version", words: "cloud-controller-manager", image: "cloud-controller-manager", sink: "klog", argv: "cloud-controller-manager --logtostderr=false --log-file=/F"},
		{name: "kcm without a shell", words: "kube-controller-manager", image: "kube-controller-manager:v1.19.0", version: "v1.19.0", sink: "klog", argv: "kube-controller-manager --logtostderr=false --log-file=/F --log-file-max-size=0", said: []string{"FlexVolume"}},
		{name: "kcm with a shell", words: "kube-controller-manager", image: "kube-controller-manager:v1.18.0", version: "v1.18.0", sink: "klog", argv: "kube-controller-manager --logtostderr=false --log-file=/F --log-file-max-size=0", said: []string{"!FlexVolume"}},
		{name: "kube-proxy needs iptables", words: "kube-proxy", image: "kube-proxy:v1.20.0", version: "v1.20.0", sink: "klog", argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0", said: []string{"needs iptables, so its published images stay on the base distroless-iptables"}},
		{name: "kube-proxy in another image", words: "kube-proxy", image: "acme:v1.20.0", version: "v1.20.0", sink: "klog", argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0", said: []string{"!iptables"}},
		{name: "the resizer alone among the sidecars", words: "csi-resizer", image: "csi-resizer:v1.9.0", version: "v1.9.0", said: []string{"csi-resizer takes no --log-file"}},
		{name: "another sidecar", words: "csi-attacher", image: "csi-attacher:v3.0.0", version: "v3.0.0", sink: "klog", argv: "csi-attacher --logtostderr=false --log_file=/F", said: []string{"--logging-format take none"}},
	} {
		t.Run(test.name, test.run)
	}
}

func TestCarried(t *testing.T) {
	for text, want := range map[string]Carried{
		"true": {Said: true, Yes: true}, "false": {Said: true}, "/r": {Said: true, Yes: true, Path: "/r"},
	} {
		var got Carried
		if err := yaml.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s gives %+v, %v", text, got, err)
		}
	}
	var c Carried
	if err := yaml.Unmarshal([]byte("yes!"), &c); err == nil || !strings.Contains(err.Error(), "no absolute path") {
		t.Errorf("got %v", err)
	}
}

func TestImagesRefused(t *testing.T) {
	for _, test := range []struct {
		image Image
		want  string
	}{
		{Image{Pattern: "[a", Origin: "f:2"}, `f:2: image "[a" is no pattern`},
		{Image{Pattern: "a", Program: "etdc", Origin: "f:2"}, `f:2: program "etdc" is not known: did you mean etcd?`},
	} {
		_, err := New(load(t), Options{Configured: Configured{Images: []Image{test.image}}})
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%+v gives %v, want %s", test.image, err, test.want)
		}
	}
}
