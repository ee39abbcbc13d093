package site

import (
	"path"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// podOf reads what a pod spec says beside its containers.
func podOf(n *yaml.Node, o object) Pod {
	return Pod{
		HostNetwork: scalar(n, "hostNetwork"), Grace: scalar(n, "terminationGracePeriodSeconds"), Restart: scalar(n, "restartPolicy"),
		FailurePolicy: o.failurePolicy, ConfigVolumes: configVolumes(n),
	}
}

// configVolumes names the volumes of a pod spec that a ConfigMap fills
// (k8s.io/api/core/v1 VolumeSource).
func configVolumes(n *yaml.Node) []string {
	list := child(n, "volumes")
	var names []string
	for i := 0; list != nil && i < len(list.Content); i++ {
		volume, _ := resolve(list.Content[i])
		if child(volume, "configMap") != nil || projectsConfigMap(child(volume, "projected")) {
			names = append(names, scalar(volume, "name"))
		}
	}
	return names
}

// projectsConfigMap reports a projected volume with a ConfigMap among its sources.
func projectsConfigMap(projected *yaml.Node) bool {
	sources := child(projected, "sources")
	return sources != nil && slices.ContainsFunc(sources.Content, func(s *yaml.Node) bool {
		source, _ := resolve(s)
		return child(source, "configMap") != nil
	})
}

// configMounts returns the paths at which a container mounts some volumes.
func configMounts(container *yaml.Node, volumes []string) []string {
	list := child(container, "volumeMounts")
	var paths []string
	for i := 0; len(volumes) > 0 && list != nil && i < len(list.Content); i++ {
		mount, _ := resolve(list.Content[i])
		if mount.Kind == yaml.MappingNode && slices.Contains(volumes, scalar(mount, "name")) {
			paths = append(paths, path.Clean(scalar(mount, "mountPath")))
		}
	}
	return paths
}
