// The klog of Kubernetes 1.13, for ./klog: go build -modfile=klog/kubernetes-1.13.mod ./klog
module programs

go 1.26.0

require (
	github.com/spf13/pflag v1.1.0
	k8s.io/klog v0.1.0
)
