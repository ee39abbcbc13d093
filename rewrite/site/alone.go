package site

import "sigs.k8s.io/kustomize/kyaml/yaml"

// standing is how a mapping stands that may be a container.
type standing int

const (
	alone  standing = iota
	listed          // in a pod spec or a patch, which was looked at
	hook            // OpenShift's: a pod that runs a container of the template, by its name, with a command of its own
)

// stands returns how the value of a key of n stands, or each item of its list.
func stands(n *yaml.Node, key string) standing {
	switch {
	case HoldsContainers(key), key == "value" && scalar(n, "op") != "":
		return listed
	case key == "execNewPod": // DeploymentConfig, ExecNewPodHook
		return hook
	}
	return alone
}

// isContainer reports a container that stands alone: in an object of another API
// (Argo, Tekton), in the part of a template that a chart includes, or among a chart's
// values. Other tools have mappings with an image and a command too (compose, CI
// services, ECS), so it takes an object around it, or a field that is a container's
// alone.
func isContainer(n *yaml.Node, o object) bool {
	image, lists, own := false, false, o.kind != ""
	for p := range pairs(n) {
		switch key := p.key.Value; key {
		case "image":
			image = image || isImage(p.value)
		case "command", "args":
			list, _ := resolve(p.value)
			lists = lists || list.Kind == yaml.SequenceNode && len(list.Content) > 0
		default:
			own = own || MarksContainer(key)
		}
	}
	return image && own && (lists || len(execs(n)) > 0)
}

// isImage reports the name of an image, or its parts as charts have them among their
// values.
func isImage(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode || child(n, "repository") != nil
}

// MarksContainer reports a field that only a container has, however other tools
// write theirs.
func MarksContainer(key string) bool {
	switch key {
	case "imagePullPolicy", "volumeMounts", "securityContext", "resources", "envFrom":
		return true
	}
	return false
}
