// Package site knows the places of a manifest where commands stand: containers, in
// pod specs and outside of them, their exec probes and their lifecycle hooks.
package site

import (
	"cmp"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/expansion"
)

// Command is a command in a manifest with the facts that the manifest tells of it.
type Command struct {
	Kind, Object string // kind and metadata.name of the nearest object around it
	Group        string // of its API, such as batch; "" for the core's and where unknown
	// Alone is set for a container outside of a pod spec, see isContainer.
	Alone bool
	// HasNoArgs is set for OpenShift's deployment hooks, which have a command only.
	HasNoArgs bool
	// Parameters are those of the OpenShift Template around it.
	Parameters []string
	// FilledLate is set where the API of that object fills placeholders itself, after
	// it has parsed the YAML: then none may stand outside of a scalar.
	FilledLate bool
	Container  string // the container's name
	Site       string // container, initContainer, …, livenessProbe, …, preStop
	Image      string // as in the parsed text

	// Command and Args are the sequences; one of them may be nil, not both.
	Command, Args *yaml.Node
	// Key is the first of the keys command and args in the text.
	Key *yaml.Node
	// Indirect is the alias or merge through which the command is reached, nil
	// where there is none. An indirect command can't be edited at its place.
	Indirect *yaml.Node
	// Unpaired is set where a mapping has several keys command or args, as the
	// branches of a template leave them, and it is unknown which belong together.
	Unpaired bool

	// Partial is set where a JSON patch gives only the command or only the args, so
	// that the container's other list is unknown.
	Partial bool

	Env   expansion.Environment
	Place expansion.Place
	// Mapping is the container, for its probes and hooks too.
	Mapping *yaml.Node
	// Execs holds the sites of the container's exec probes and hooks.
	Execs []string

	// InPod is set where a pod spec around it stands in the text, or a part of one.
	InPod bool
	Pod   Pod
	// Mounts are the container's volume mounts, where a ConfigMap fills some volume.
	Mounts []Mount
	// Restart is the container's own restartPolicy, "" without one. RestartRules is
	// set where rules of its own look at its exit status.
	Restart      string
	RestartRules bool
	// Exec is the style of the exec action of a probe or hook.
	Exec Style

	configVolumes []string // names of the volumes around it that a ConfigMap fills
}

// Pod holds fields of a pod spec, each as in the text and "" when absent.
type Pod struct {
	HostNetwork string // hostNetwork
	Grace       string // terminationGracePeriodSeconds
	Restart     string // restartPolicy
	// FailurePolicy is set where the Job around the pod has a podFailurePolicy.
	FailurePolicy bool
}

// Style says how a text writes a mapping of a probe or hook.
type Style struct {
	Flow   bool // in braces
	Indent int  // columns by which the inner mapping is indented, 0 on the same line
}

// Reader finds the commands of a document.
type Reader struct {
	// Masked reports whether a scalar's value holds a placeholder, so that the
	// cluster gets another value.
	Masked func(value string) bool
	// Visit, where it is set, is called for every container, with a command or
	// without: c says where it stands, and node is its mapping or the alias of it.
	Visit func(c Command, node *yaml.Node)

	repeated *int // number of keys, values and items that were read through aliases and merges
}

// repeatLimit bounds how many keys, values and items are read through aliases and
// merges. Each alias may stand for nearly all of the text, so without a limit the
// time would grow with the square of the text's length.
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

// Find returns the commands below root in the order of the text. Any mapping with a
// sequence of containers is taken for a pod spec, and a container may stand outside
// of one (see isContainer). It is false where repeatLimit was reached, so that
// commands may be missing.
func (r Reader) Find(root *yaml.Node) ([]Command, bool) {
	var found []Command
	r.repeated = new(int)
	r.walkNode(root, object{}, standalone, &found)
	return found, *r.repeated <= repeatLimit
}

// allowRepeats adds to repeated the nodes that a mapping repeats: all of it where it
// is reached through an alias, the values that its own aliases stand for, and the keys
// that are merged into it. It reports whether repeatLimit still holds.
func (r Reader) allowRepeats(n *yaml.Node, aliased bool) bool {
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
		} else if value, through := resolveAlias(p.value); through != nil {
			*r.repeated += len(value.Content)
		}
	}
	return *r.repeated <= repeatLimit
}

// walkNode adds the commands of a node and all nodes below it.
func (r Reader) walkNode(n *yaml.Node, o object, c containerContext, found *[]Command) {
	switch n.Kind {
	case yaml.SequenceNode:
		for _, item := range n.Content {
			r.walkNode(item, o, c, found)
		}
	case yaml.MappingNode:
		if !r.allowRepeats(n, false) {
			return
		}
		o = o.objectAt(n).withVolumes(n)
		r.addPodSpec(n, o, found)
		r.addPatch(n, o, found)
		if c == hookPod || c == standalone && isContainer(n, o) {
			command := o.newCommand(podSpecKeys[0].site)
			command.Alone, command.HasNoArgs = c == standalone, c == hookPod
			r.addContainer(n, nil, command, found)
		}
		for p := range pairs(n) {
			r.walkNode(p.value, o, contextOf(n, p.key.Value), found)
		}
	}
}

// addPodSpec adds the commands of a mapping's lists of containers. The branches of a
// template may leave several lists of one key.
func (r Reader) addPodSpec(n *yaml.Node, o object, found *[]Command) {
	c := o.newCommand("")
	for p := range pairs(n) {
		site := podSpecSite(p.key.Value)
		list, indirect := resolveAlias(p.value)
		if site == "" || list.Kind != yaml.SequenceNode {
			continue
		}
		if c.Site == "" { // once, since it looks at all keys
			c.InPod, c.Pod = true, podOf(n, o)
		}
		c.Site = site
		r.addContainers(list, indirect, c, found)
	}
}

// HoldsContainers reports a key of a pod spec whose value is a sequence of
// containers.
func HoldsContainers(key string) bool { return podSpecSite(key) != "" }

// IsJudged reports a field of a container that holds a command, or on which the
// judgement of its commands depends.
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

// IsNamed reports a field around a command that findings need: the names of its
// container, object and pod, and the fields of [Pod].
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

// addContainers adds the commands of a list of containers. indirect is the alias or
// merge through which the list is reached, nil without one.
func (r Reader) addContainers(list, indirect *yaml.Node, c Command, found *[]Command) {
	for _, item := range list.Content {
		target, through := resolveAlias(item)
		if target.Kind == yaml.MappingNode && r.allowRepeats(target, through != nil || indirect != nil) {
			r.addContainer(target, cmp.Or(through, indirect), c, found)
		}
	}
}

// addContainer adds the commands of a container, its probes and its hooks.
func (r Reader) addContainer(n, indirect *yaml.Node, c Command, found *[]Command) {
	c.Container, c.Image = cmp.Or(scalarValue(n, "name"), scalarValue(n, "containerName")), scalarValue(n, "image")
	env := r.readEnvironment(n)
	env.From = env.From || c.Env.From
	c.Env, c.Indirect = env, indirect
	c.Mapping, c.Execs = n, execSites(n)
	c.Mounts = mountsOf(n, c.configVolumes)
	c.Restart, c.RestartRules = scalarValue(n, "restartPolicy"), childValue(n, "restartPolicyRules") != nil
	if r.Visit != nil {
		r.Visit(c, cmp.Or(indirect, n))
	}
	addCommands(n, c, found)
	for _, e := range execPaths {
		for _, action := range followPath(n, indirect, e.path) {
			probe := c
			probe.Site, probe.Place, probe.Indirect = e.site, e.place, action.indirect
			probe.Exec = styleOf(action.holder, action.at)
			addCommands(action.at, probe, found)
		}
	}
}

// execSites returns the sites of a container's exec probes and hooks.
func execSites(container *yaml.Node) []string {
	var sites []string
	for _, e := range execPaths {
		if len(followPath(container, nil, e.path)) > 0 {
			sites = append(sites, e.site)
		}
	}
	return sites
}

// styleOf returns how a mapping is written inside its holder.
func styleOf(holder, inner *yaml.Node) Style {
	s := Style{Flow: holder.Style&yaml.FlowStyle != 0}
	if inner.Line > holder.Line {
		s.Indent = max(0, inner.Column-holder.Column)
	}
	return s
}
