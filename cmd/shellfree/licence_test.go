package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// licences are the licences that a module of the program may have, each with a phrase that
// occurs in no other. go-licenses would know hundreds by their whole texts, but has more
// dependencies than this program.
var licences = []struct{ name, phrase string }{
	{"Apache-2.0", "Apache License Version 2.0"},
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"},
	{"BSD", "Redistribution and use in source and binary forms, with or without modification, are permitted"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee"},
	{"MPL-2.0", "Mozilla Public License Version 2.0"},
}

// licenceName returns the name of the licence with a text, "" if it is not an allowed one.
func licenceName(text string) string {
	plain := strings.ToLower(strings.ReplaceAll(strings.Join(strings.Fields(text), " "), ",", ""))
	for _, other := range []string{"gnu general public license", "gnu affero", "gnu lesser", "gnu library", "commons clause", "business source license"} {
		if strings.Contains(plain, other) && !strings.Contains(plain, "mozilla public license version 2.0") { // whose text mentions the others
			return ""
		}
	}
	for _, l := range licences {
		if strings.Contains(plain, strings.ToLower(strings.ReplaceAll(l.phrase, ",", ""))) {
			return l.name
		}
	}
	return ""
}

// TestLicences asserts that each module that is linked into the program has a licence file, and
// that the licence only demands to be passed on with the program.
func TestLicences(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}", ".")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	modules := slices.Compact(slices.Sorted(strings.Lines(string(out))))
	if len(modules) < 10 {
		t.Fatalf("%d modules are linked, which can't be:\n%s", len(modules), out)
	}
	for _, line := range modules {
		module, dir, _ := strings.Cut(strings.TrimSpace(line), " ")
		texts, _ := filepath.Glob(filepath.Join(dir, "LICEN[CS]E*"))
		if len(texts) == 0 {
			t.Errorf("%s has no licence file: don't link it", module)
			continue
		}
		text, err := os.ReadFile(texts[0])
		if err != nil {
			t.Fatal(err)
		}
		if licenceName(string(text)) == "" {
			t.Errorf("%s has a licence that is not known here: read %s", module, texts[0])
		}
	}
}

func TestLicence(t *testing.T) {
	for text, want := range map[string]string{
		"Apache License\n   Version 2.0, January 2004":                                                       "Apache-2.0",
		"Permission is hereby granted, free of charge, to any person obtaining a\ncopy of this software":     "MIT",
		"GNU GENERAL PUBLIC LICENSE\nVersion 3":                                                              "",
		"Apache License Version 2.0 with the Commons Clause":                                                 "",
		"Mozilla Public License, version 2.0 ... \"Secondary License\" means the GNU General Public License": "MPL-2.0",
		"All rights reserved.": "",
	} {
		if got := licenceName(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
