#!/bin/sh
# Runs a command with a BuildKit of its own, where Docker comes without one.
set -eu

usage() {
  cat <<'TEXT'
usage: sudo e2e/images/buildkit.sh COMMAND...

Runs a command of docker's, such as `docker compose build`, `docker compose up` or `docker buildx bake`, as a Docker of
today would: with buildx and BuildKit. Both are built from Go modules at the first use, which takes three to four
minutes, and kept in .cache/buildkit. The Node image is the one that Docker has here as node:24-bookworm-slim
(e2e/images/stand-in.sh makes one): compose.yaml takes it by itself, and for bake its folder is in NODE_LAYOUT:

  buildkit.sh sh -c 'docker buildx bake --set "base.contexts.node:24-bookworm-slim=oci-layout://$NODE_LAYOUT:latest"'

Needs root, docker with its compose plugin, runc, go and jq.
TEXT
}

case "${1:-}" in
  --help | -h) usage && exit 0 ;;
  "") usage >&2 && exit 1 ;;
esac

buildx_version=v0.29.1
buildkit_version=v0.25.2
node=node:24-bookworm-slim

root=$(cd "$(dirname "$0")/../.." && pwd)
cache=$root/.cache/buildkit

fail() {
  echo "buildkit: $1" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || fail "BuildKit mounts file systems; run this as root"
for tool in docker runc; do command -v $tool >/dev/null || fail "$tool is missing; install it first"; done
docker image inspect $node >/dev/null 2>&1 || fail "$node is missing; run e2e/images/stand-in.sh first"
compose=$(docker info --format '{{range .ClientInfo.Plugins}}{{if eq .Name "compose"}}{{.Path}}{{end}}{{end}}')
[ -n "$compose" ] || fail "docker has no compose plugin; install docker-compose-plugin first"

# built NAME MODULE VERSION PACKAGE: a program, kept for the next time.
built() {
  [ -x "$cache/bin/$1-$3" ] && return
  command -v go >/dev/null || fail "go is missing; install Go 1.24 or newer first"
  echo "$1: building $2 $3, which takes a minute or two" >&2
  work=$(mktemp -d)
  (
    cd "$work"
    go mod init tool 2>/dev/null
    go get "$2/$4@$3" 2>/dev/null
    # Compose asks buildx how old it is.
    CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X $2/version.Version=$3" -o "$cache/bin/$1-$3" "$2/$4"
  ) || fail "$1 cannot be built: run 'go install' of $2/$4@$3 to see why"
  rm -rf "$work"
}

mkdir -p "$cache/bin"
built docker-buildx github.com/docker/buildx $buildx_version cmd/buildx
built buildkitd github.com/moby/buildkit $buildkit_version cmd/buildkitd

run=$(mktemp -d)
export DOCKER_CONFIG="$run/docker" BUILDX_BUILDER=boutique-e2e
daemon=
# shellcheck disable=SC2329
leave() {
  [ -z "$daemon" ] || { kill "$daemon" 2>/dev/null && wait "$daemon"; } || true
  rm -rf "$run"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir -p "$DOCKER_CONFIG/cli-plugins"
ln -s "$compose" "$DOCKER_CONFIG/cli-plugins/docker-compose"
ln -s "$cache/bin/docker-buildx-$buildx_version" "$DOCKER_CONFIG/cli-plugins/docker-buildx"

"$cache/bin/buildkitd-$buildkit_version" --addr "unix://$run/buildkitd.sock" --root "$cache/state" \
  --containerd-worker=false --oci-worker-net=host >"$run/log" 2>&1 &
daemon=$!
docker buildx create --name $BUILDX_BUILDER --driver remote "unix://$run/buildkitd.sock" >/dev/null
until docker buildx inspect 2>/dev/null | grep -q 'Status: *running'; do
  kill -0 $daemon 2>/dev/null || fail "buildkitd ended: $(tail -n 1 "$run/log")"
  sleep 0.2
done

# The daemon cannot see Docker's images: it is given this one as files.
id=$(docker image inspect --format '{{.Id}}' $node)
export NODE_IMAGE=$node NODE_LAYOUT="$cache/node-${id#sha256:}"
if [ ! -f "$NODE_LAYOUT/index.json" ]; then
  mkdir "$run/node"
  container=$(docker create --network none $node)
  docker export --output "$run/node/rootfs.tar" "$container"
  docker rm "$container" >/dev/null
  # shellcheck disable=SC2016
  printf 'FROM scratch\nADD rootfs.tar /\nENV PATH=%s\n' \
    /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin >"$run/node/Dockerfile"
  docker buildx build --quiet --output "type=oci,tar=false,dest=$NODE_LAYOUT" "$run/node" >/dev/null
fi
cat >"$run/compose.yaml" <<YAML
x-build: &build { build: { additional_contexts: { "$node": "oci-layout://$NODE_LAYOUT:latest" } } }
services: { base: *build, build: *build }
YAML
export COMPOSE_FILE="$root/compose.yaml:$run/compose.yaml"

cd "$root"
"$@"
