// Command shellfree migrates Kubernetes manifests off the shell.
package main

import (
	"os"

	"shellfree/internal/command"
)

func main() {
	c := command.Command{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	os.Exit(c.Main(os.Args[1:]))
}
