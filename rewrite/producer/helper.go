package producer

import _ "embed"

// Helper is POSIX shell that turns the text which filled a placeholder into the
// items that must fill it from now on.
//
//go:embed helper.sh
var Helper string
