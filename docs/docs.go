// Package docs carries the pages that the command prints.
package docs

import "embed"

// Rules holds the page of each rule, rules/CODE.md.
//
//go:embed rules/*.md
var Rules embed.FS
