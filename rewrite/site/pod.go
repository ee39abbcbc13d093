package site

import (
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// podOf reads what a pod spec says beside its containers.
func podOf(n *yaml.Node, o object) Pod {
	return Pod{
		HostNetwork: scalarValue(n, "hostNetwork"), Grace: scalarValue(n, "terminationGracePeriodSeconds"), Restart: scalarValue(n, "restartPolicy"),
		FailurePolicy: o.failurePolicy,
	}
}

// withVolumes returns the object with the volumes that a mapping declares: a pod spec,
// or what holds the containers of another API, such as a Workflow or Task.
func (o object) withVolumes(n *yaml.Node) object {
	if names := configVolumes(n); len(names) > 0 {
		o.configVolumes = slices.Concat(o.configVolumes, names)
	}
	return o
}

// configVolumes names the volumes of a mapping that a ConfigMap fills
// (k8s.io/api/core/v1 VolumeSource).
func configVolumes(n *yaml.Node) []string {
	list := childValue(n, "volumes")
	var names []string
	for i := 0; list != nil && i < len(list.Content); i++ {
		volume, _ := resolveAlias(list.Content[i])
		if childValue(volume, "configMap") != nil || projectsConfigMap(childValue(volume, "projected")) {
			names = append(names, scalarValue(volume, "name"))
		}
	}
	return names
}

// projectsConfigMap reports a projected volume with a ConfigMap among its sources.
func projectsConfigMap(projected *yaml.Node) bool {
	sources := childValue(projected, "sources")
	return sources != nil && slices.ContainsFunc(sources.Content, func(s *yaml.Node) bool {
		source, _ := resolveAlias(s)
		return childValue(source, "configMap") != nil
	})
}

// Mount is a volume mount of a container.
type Mount struct {
	Path   string
	Config bool // a ConfigMap fills the volume
}

// mountsOf returns the mounts of a container, none where no ConfigMap fills a volume.
func mountsOf(container *yaml.Node, configVolumes []string) []Mount {
	list := childValue(container, "volumeMounts")
	var mounts []Mount
	for i := 0; len(configVolumes) > 0 && list != nil && i < len(list.Content); i++ {
		if mount, _ := resolveAlias(list.Content[i]); mount.Kind == yaml.MappingNode {
			config := slices.Contains(configVolumes, scalarValue(mount, "name"))
			mounts = append(mounts, Mount{path.Clean(scalarValue(mount, "mountPath")), config})
		}
	}
	return mounts
}

// ConfigMount returns the path at which the ConfigMap is mounted that holds a file of
// the container, "" for a file that none holds.
func (c Command) ConfigMount(file string) string {
	var inner Mount // the innermost around the file
	for _, m := range c.Mounts {
		around := file == m.Path || strings.HasPrefix(file, strings.TrimSuffix(m.Path, "/")+"/")
		if around && len(m.Path) >= len(inner.Path) {
			inner = m
		}
	}
	if !inner.Config {
		return ""
	}
	return inner.Path
}
