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

// writeSchemas writes a JSON schema for each kind in kyaml's bundle of Kubernetes' types, with
// all definitions that it refers to. The file has the name that kubeconform expects:
// deployment-apps-v1.json.
func writeSchemas(dir, bundle string) error {
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
			collectDefinitions(all.Definitions, name, needed)
			text, err := json.Marshal(definition{"$ref": reference + name, "definitions": needed})
			if err != nil {
				return err
			}
			if err := writeFile(filepath.Join(dir, schemaName(kind)), text); err != nil {
				return err
			}
		}
	}
	return nil
}

// schemaName returns the name of the file for a kind with its group and version.
func schemaName(kind any) string {
	k, _ := kind.(definition)
	group, _, _ := strings.Cut(fmt.Sprint(k["group"]), ".")
	if group != "" {
		group += "-"
	}
	return fmt.Sprintf("%s-%s%s.json", strings.ToLower(fmt.Sprint(k["kind"])), group, k["version"])
}

// reference is the beginning of a reference to a definition.
const reference = "#/definitions/"

// collectDefinitions adds a definition and all definitions that it refers to. A value that may
// be a number or a string is a string in OpenAPI, with a format that JSON schemas don't know.
func collectDefinitions(all map[string]definition, name string, to map[string]definition) {
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
				collectDefinitions(all, strings.TrimPrefix(ref, reference), to)
			}
			for _, value := range v {
				walk(value)
			}
		}
	}
	walk(all[name])
}
