// The program on k8s.io/klog/v2 (Kubernetes 1.19 and later).
package main

import (
	"k8s.io/klog/v2"

	"programs/program"
)

func main() {
	program.Main(program.Logger{
		InitFlags: klog.InitFlags,
		Info:      klog.Info, Warning: klog.Warning, Error: klog.Error,
		Flush: klog.Flush,
	})
}
