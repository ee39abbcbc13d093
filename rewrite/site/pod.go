package site

import (
	"path"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// podOf reads what a pod spec says beside its containers.
func podOf(n *yaml.Node, o object) Pod {
	return Pod{
		HostNetwork: scalarValue(n, "hostNetwork"), Grace: scalarValue(n, "terminationGracePeriodSeconds"), Restart: scalarValue(n, "restartPolicy"),
		FailurePolicy: o.failurePolicy, ConfigVolumes: configVolumes(n),
	}
}

// configVolumes names the volumes of a pod spec that a ConfigMap fills
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

// configMounts returns the paths at which a container mounts some volumes.
func configMounts(container *yaml.Node, volumes []string) []string {
	list := childValue(container, "volumeMounts")
	var paths []string
	for i := 0; len(volumes) > 0 && list != nil && i < len(list.Content); i++ {
		mount, _ := resolveAlias(list.Content[i])
		if mount.Kind == yaml.MappingNode && slices.Contains(volumes, scalarValue(mount, "name")) {
			paths = append(paths, path.Clean(scalarValue(mount, "mountPath")))
		}
	}
	return paths
}
