package site

import "sigs.k8s.io/kustomize/kyaml/yaml"

// containerContext says where a mapping stands that may be a container.
type containerContext int

const (
	standalone containerContext = iota
	inList                      // in a list of containers or a patch, which are read elsewhere
	hookPod                     // in an OpenShift hook: its pod runs a container of the template, given by name, with another command
)

// contextOf returns the context of the value of a key of n, and of each item where
// the value is a list.
func contextOf(n *yaml.Node, key string) containerContext {
	switch {
	case HoldsContainers(key), key == "value" && scalarValue(n, "op") != "":
		return inList
	case key == "execNewPod": // DeploymentConfig, ExecNewPodHook
		return hookPod
	}
	return standalone
}

// isContainer reports whether a mapping outside of a list of containers is one: in an
// object of another API (Argo, Tekton), in a part of a template that charts include,
// or among a chart's values. Other tools have mappings with an image and a command
// too (compose, CI services, ECS), so an object must stand around it, or it must have
// a field that only containers have.
func isContainer(n *yaml.Node, o object) bool {
	image, lists, own := false, false, o.kind != ""
	for p := range pairs(n) {
		switch key := p.key.Value; key {
		case "image":
			image = image || isImage(p.value)
		case "command", "args":
			list, _ := resolveAlias(p.value)
			lists = lists || list.Kind == yaml.SequenceNode && len(list.Content) > 0
		default:
			own = own || MarksContainer(key)
		}
	}
	return image && own && (lists || len(execSites(n)) > 0)
}

// isImage reports the name of an image, or a mapping with its parts, as charts have
// it among their values.
func isImage(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode || childValue(n, "repository") != nil
}

// MarksContainer reports a field that only containers of Kubernetes have.
func MarksContainer(key string) bool {
	switch key {
	case "imagePullPolicy", "volumeMounts", "securityContext", "resources", "envFrom":
		return true
	}
	return false
}
