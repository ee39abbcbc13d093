// Package site knows the places of a manifest where commands stand: containers, of
// every pod spec and alone, their exec probes and their lifecycle hooks.
package site

import (
	"cmp"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/expansion"
)

// Command is one place where a command may stand, with what surrounds it.
type Command struct {
	Kind, Object string // kind and metadata.name of the nearest enclosing object
	Group        string // of its API, such as batch; "" for the core's and where unknown
	// Alone is set for a container outside of a pod spec, see isContainer.
	Alone bool
	// HasNoArgs is set for OpenShift's deployment hooks, which have a command only.
	HasNoArgs bool
	// Parameters are those of the OpenShift Template around it.
	Parameters []string
	// FilledLate is set where that object's API fills placeholders itself, in what it
	// has parsed: none may stand outside of a scalar.
	FilledLate bool
	Container  string // the container's name
	Site       string // container, initContainer, …, livenessProbe, …, preStop
	Image      string // as in the text that was parsed

	// Command and Args are the sequences; one of them may be nil, not both.
	Command, Args *yaml.Node
	// Key is the first of the keys command and args in the text.
	Key *yaml.Node
	// Indirect is the alias or merge through which the command is reached, nil
	// where it stands in place. An indirect command can't be edited here.
	Indirect *yaml.Node
	// Unpaired reports several command or args keys in one mapping, as the
	// branches of a template leave them, that can't be told to belong together.
	Unpaired bool

	// Partial is set where a JSON patch gives only the command or only the args:
	// the container's other list is not at hand.
	Partial bool

	Env   expansion.Environment
	Place expansion.Place
	// Mapping is the container, also for its probes and hooks.
	Mapping *yaml.Node
	// Execs names the exec probes and hooks of the container.
	Execs []string

	Pod Pod
	// ConfigMounts are the paths at which the container mounts volumes of ConfigMaps.
	ConfigMounts []string
	// Restart is the container's own restartPolicy, "" without one. RestartRules is
	// set where rules of its own look at its exit status.
	Restart      string
	RestartRules bool
	// Exec says how the text writes the exec action of a probe or hook.
	Exec Style
}

// Pod is what a pod spec says beside its containers, each as in the text and ""
// when absent.
type Pod struct {
	HostNetwork string // hostNetwork
	Grace       string // terminationGracePeriodSeconds
	Restart     string // restartPolicy
	// FailurePolicy is set where the Job around the pod has a podFailurePolicy.
	FailurePolicy bool
	ConfigVolumes []string // names of the volumes that a ConfigMap fills
}

// Style is how a text writes a mapping of a probe or hook.
type Style struct {
	Flow   bool // in braces
	Indent int  // columns by which the inner mapping is indented, 0 where it isn't
}

// Reader finds the commands of a document.
type Reader struct {
	// Masked reports whether a scalar's value holds a placeholder, so that its
	// value is not what the cluster sees.
	Masked func(value string) bool
	// Visit, where it is set, is told of every container, with a command or
	// without: c says where it stands, and node is its mapping or the alias of it.
	Visit func(c Command, node *yaml.Node)

	repeated *int // keys, values and items that were looked at through aliases and merges
}

// repeatLimit bounds how many keys, values and items are looked at through aliases
// and merges, each of which may stand for as much as the text holds: without a limit
// the time would grow with the square of its length.
const repeatLimit = 1 << 20

// podSpecKeys names the sequences of containers in a pod spec, as the API has
// them (k8s.io/api/core/v1 PodSpec).
var podSpecKeys = []struct{ key, site string }{
	{"containers", "container"},
	{"initContainers", "initContainer"},
	{"ephemeralContainers", "ephemeralContainer"},
}

// execPaths names the places of an exec action in a container
// (k8s.io/api/core/v1 Container: Probe and Lifecycle).
var execPaths = []struct {
	path  []string
	site  string
	place expansion.Place
}{
	{[]string{"livenessProbe", "exec"}, "livenessProbe", expansion.Probe},
	{[]string{"readinessProbe", "exec"}, "readinessProbe", expansion.Probe},
	{[]string{"startupProbe", "exec"}, "startupProbe", expansion.Probe},
	{[]string{"lifecycle", "postStart", "exec"}, "postStart", expansion.Hook},
	{[]string{"lifecycle", "preStop", "exec"}, "preStop", expansion.Hook},
}

// Find returns the commands below root in the order of the text. Any mapping
// with a sequence of containers is a pod spec, in whatever object it stands, and a
// container may stand alone (see isContainer). It is false where aliases and merges
// stand for too much to look at all of it.
func (r Reader) Find(root *yaml.Node) ([]Command, bool) {
	var found []Command
	r.repeated = new(int)
	r.walk(root, object{}, alone, &found)
	return found, *r.repeated <= repeatLimit
}

// affords counts what a mapping repeats: all of it where it is reached through an
// alias, what its own aliases stand for, and what is merged into it. It reports
// whether there is room for that.
func (r Reader) affords(n *yaml.Node, aliased bool) bool {
	if aliased {
		*r.repeated += len(n.Content)
	}
	if *r.repeated > repeatLimit {
		return false
	}
	for p := range pairs(n) {
		if p.key.Value == "<<" {
			for _, m := range mergedMappings(p.value) {
				*r.repeated += len(m.Content)
			}
		} else if value, through := resolve(p.value); through != nil {
			*r.repeated += len(value.Content)
		}
	}
	return *r.repeated <= repeatLimit
}

// walk looks at a node and all below it.
func (r Reader) walk(n *yaml.Node, o object, s standing, found *[]Command) {
	switch n.Kind {
	case yaml.SequenceNode:
		for _, item := range n.Content {
			r.walk(item, o, s, found)
		}
	case yaml.MappingNode:
		if !r.affords(n, false) {
			return
		}
		o = o.enclosed(n)
		r.podSpec(n, o, found)
		r.patch(n, o, found)
		if s == hook || s == alone && isContainer(n, o) {
			c := o.command(podSpecKeys[0].site)
			c.Alone, c.HasNoArgs = s == alone, s == hook
			r.container(n, nil, c, found)
		}
		for p := range pairs(n) {
			r.walk(p.value, o, stands(n, p.key.Value), found)
		}
	}
}

// podSpec finds the commands of a mapping's lists of containers; a template's
// branches leave several of each.
func (r Reader) podSpec(n *yaml.Node, o object, found *[]Command) {
	c := o.command("")
	for p := range pairs(n) {
		site := podSpecSite(p.key.Value)
		if site == "" || p.value.Kind != yaml.SequenceNode {
			continue
		}
		if c.Site == "" { // once, since it looks at all keys
			c.Pod = podOf(n, o)
		}
		c.Site = site
		r.containers(p.value, nil, c, found)
	}
}

// HoldsContainers reports a key of a pod spec whose value is a sequence of
// containers.
func HoldsContainers(key string) bool { return podSpecSite(key) != "" }

// IsJudged reports a field of a container that holds a command, or says what a
// command of the container means.
func IsJudged(key string) bool {
	for _, e := range execPaths {
		if e.path[0] == key {
			return true
		}
	}
	switch key {
	case "image", "command", "args", "env", "envFrom", "volumeMounts", "restartPolicyRules":
		return true
	}
	return false
}

// IsNamed reports a field around a command that is told of it: what its container,
// object and pod are called, and what [Pod] holds.
func IsNamed(key string) bool {
	switch key {
	case "apiVersion", "kind", "metadata", "name", "containerName", "generateName", "hostNetwork", "terminationGracePeriodSeconds", "restartPolicy":
		return true
	}
	return false
}

// IsNamedWhole reports such a field whose whole value matters, however deep it is.
func IsNamedWhole(key string) bool {
	switch key {
	case "volumes", "podFailurePolicy", "parameters":
		return true
	}
	return false
}

// podSpecSite returns the site of a key of a pod spec, "" where it holds no
// containers.
func podSpecSite(key string) string {
	for _, k := range podSpecKeys {
		if k.key == key {
			return k.site
		}
	}
	return ""
}

// containers finds the commands of a list of containers.
func (r Reader) containers(list, indirect *yaml.Node, c Command, found *[]Command) {
	for _, item := range list.Content {
		target, through := resolve(item)
		if target.Kind == yaml.MappingNode && r.affords(target, through != nil) {
			r.container(target, cmp.Or(through, indirect), c, found)
		}
	}
}

func (r Reader) container(n, indirect *yaml.Node, c Command, found *[]Command) {
	c.Container, c.Image = cmp.Or(scalar(n, "name"), scalar(n, "containerName")), scalar(n, "image")
	env := r.environment(n)
	env.From = env.From || c.Env.From
	c.Env, c.Indirect = env, indirect
	c.Mapping, c.Execs = n, execs(n)
	c.ConfigMounts = configMounts(n, c.Pod.ConfigVolumes)
	c.Restart, c.RestartRules = scalar(n, "restartPolicy"), child(n, "restartPolicyRules") != nil
	if r.Visit != nil {
		r.Visit(c, cmp.Or(indirect, n))
	}
	commands(n, c, found)
	for _, e := range execPaths {
		for _, action := range descend(n, indirect, e.path) {
			probe := c
			probe.Site, probe.Place, probe.Indirect = e.site, e.place, action.indirect
			probe.Exec = styleOf(action.holder, action.at)
			commands(action.at, probe, found)
		}
	}
}

// execs returns the sites of a container's exec probes and hooks.
func execs(container *yaml.Node) []string {
	var sites []string
	for _, e := range execPaths {
		if len(descend(container, nil, e.path)) > 0 {
			sites = append(sites, e.site)
		}
	}
	return sites
}

// styleOf tells how a mapping is written inside its holder.
func styleOf(holder, inner *yaml.Node) Style {
	s := Style{Flow: holder.Style&yaml.FlowStyle != 0}
	if inner.Line > holder.Line {
		s.Indent = max(0, inner.Column-holder.Column)
	}
	return s
}
