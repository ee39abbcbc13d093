#!/bin/bash
# Fills the manifests of the folder $1, as the start-up script of a node does.
set -o errexit -o nounset -o pipefail

function start-kube-apiserver {
  local src="$1/kube-apiserver.manifest"
  local params="${APISERVER_LOG_LEVEL:---v=2}"
  params+=" --runtime-config='*,-foo'"
  params+=" ${APISERVER_ARGS:-}"
  local container_env=""
  sed -i -e "s@{{params}}@${params}@g" "${src}"
  sed -i -e "s@{{container_env}}@${container_env}@g" "${src}"
  sed -i -e "s@{{pillar\['allow_privileged'\]}}@true@g" "${src}"
}

function start-kube-proxy {
  local kubeconfig="--kubeconfig=/var/lib/kube-proxy/kubeconfig"
  local cluster_cidr="${CLUSTER_CIDR:-}"
  local params="${PROXY_ARGS:-}"
  sed -i \
    -e "s/{{ *cpurequest *}}/100m/g" \
    -e "s@{{kubeconfig}}@${kubeconfig}@g" \
    -e "s@{{ *cluster_cidr *}}@${cluster_cidr}@g;s@{{params}}@${params}@g" \
    "$1/kube-proxy.manifest"
}

function start-etcd {
  local etcd_extra_args="${ETCD_EXTRA_ARGS:-}"
  sed -i -e "s@{{ *etcd_extra_args *}}@${etcd_extra_args}@g" "$1/etcd.manifest"
  sed -i -e "s@{{ *suffix *}}@-events@g" "$1/etcd.manifest"
}

start-kube-apiserver "$1"
start-kube-proxy "$1"
start-etcd "$1"
