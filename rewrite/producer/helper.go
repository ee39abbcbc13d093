package producer

import _ "embed"

// Helper is a POSIX shell function that turns the text that filled a placeholder
// into the list items that must fill it after the fix.
//
//go:embed helper.sh
var Helper string
