// The program on k8s.io/klog: v1.0.0 (Kubernetes 1.17 and 1.18), or an older
// one with -modfile=klog/kubernetes-VERSION.mod.
package main

import (
	"k8s.io/klog"

	"programs/program"
)

func main() {
	program.Main(program.Logger{
		InitFlags: klog.InitFlags,
		Info:      klog.Info, Warning: klog.Warning, Error: klog.Error,
		Flush: klog.Flush,
	})
}
