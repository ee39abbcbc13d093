// The klog of Kubernetes 1.14, for ./klog: go build -modfile=klog/kubernetes-1.14.mod ./klog
module programs

go 1.26.0

require (
	github.com/spf13/pflag v1.1.0
	k8s.io/klog v0.0.0-20190306015804-8e90cee79f82
)
