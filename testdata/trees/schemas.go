package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// definition is one type of Kubernetes in OpenAPI.
type definition = map[string]any

// schemas writes a JSON schema for each kind in kyaml's bundle of Kubernetes' types,
// with all that it refers to, under the name by which kubeconform looks for it:
// deployment-apps-v1.json.
func schemas(dir, bundle string) error {
	file, err := os.Open(bundle)
	if err != nil {
		return err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return err
	}
	var all struct{ Definitions map[string]definition }
	if err := json.NewDecoder(unzipped).Decode(&all); err != nil {
		return err
	}
	for name, d := range all.Definitions {
		kinds, _ := d["x-kubernetes-group-version-kind"].([]any)
		for _, kind := range kinds {
			needed := map[string]definition{}
			collect(all.Definitions, name, needed)
			text, err := json.Marshal(definition{"$ref": reference + name, "definitions": needed})
			if err != nil {
				return err
			}
			if err := write(filepath.Join(dir, schemaName(kind)), text); err != nil {
				return err
			}
		}
	}
	return nil
}

// schemaName returns the file for a kind of a group and version.
func schemaName(kind any) string {
	k, _ := kind.(definition)
	group, _, _ := strings.Cut(fmt.Sprint(k["group"]), ".")
	if group != "" {
		group += "-"
	}
	return fmt.Sprintf("%s-%s%s.json", strings.ToLower(fmt.Sprint(k["kind"])), group, k["version"])
}

// reference begins what refers to a definition.
const reference = "#/definitions/"

// collect adds a definition and all that it refers to. What may be a number or a
// string is a string in OpenAPI, with a format that JSON schemas don't know.
func collect(all map[string]definition, name string, to map[string]definition) {
	if to[name] != nil || all[name] == nil {
		return
	}
	to[name] = all[name]
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				walk(item)
			}
		case definition:
			if v["format"] == "int-or-string" {
				v["type"] = []string{"string", "integer"}
			}
			if ref, ok := v["$ref"].(string); ok {
				collect(all, strings.TrimPrefix(ref, reference), to)
			}
			for _, value := range v {
				walk(value)
			}
		}
	}
	walk(all[name])
}
