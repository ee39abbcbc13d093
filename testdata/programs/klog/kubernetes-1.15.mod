// The klog of Kubernetes 1.15, for ./klog: go build -modfile=klog/kubernetes-1.15.mod ./klog
module programs

go 1.26.0

require (
	github.com/spf13/pflag v1.1.0
	k8s.io/klog v0.3.1
)
