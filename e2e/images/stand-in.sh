#!/bin/sh
# Makes what the images are built on where no registry can be reached.
set -eu

usage() {
  cat <<'TEXT'
usage: sudo e2e/images/stand-in.sh [--force]

Makes node:24-bookworm-slim and redis:8.2-alpine for tests, on a machine that can reach Debian's mirror and npm but no
registry of images. They are stand-ins, not the real ones: a minimal Debian with the Node that this repository pins, and
Debian's redis-server. Never publish what is built on them.

An image that is there or can be pulled is left alone, unless --force. The file systems are kept in .cache/stand-in.
Needs docker, mmdebstrap, and an `npm ci` before.
TEXT
}

case "${1:-}" in
  --help | -h) usage && exit 0 ;;
  --force) force=yes ;;
  "") force= ;;
  *) usage >&2 && exit 1 ;;
esac

root=$(cd "$(dirname "$0")/../.." && pwd)
cache=$root/.cache/stand-in
path='ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}

fail() {
  echo "stand-in: $1" >&2
  exit 1
}

docker info >/dev/null 2>&1 || fail "Docker's daemon does not answer; start dockerd, then try again"

present() {
  [ -z "$force" ] || return 1
  docker image inspect "$1" >/dev/null 2>&1 && echo "$1 is there" && return
  docker pull --quiet "$1" >/dev/null 2>&1 && echo "$1 was pulled"
}

# debian NAME MMDEBSTRAP-OPTIONS: a file system, kept for the next time.
debian() {
  [ -f "$cache/$1.tar" ] && return
  command -v mmdebstrap >/dev/null || fail "mmdebstrap is missing; apt-get install mmdebstrap"
  mkdir -p "$cache"
  name=$1
  shift
  echo "$name: a minimal Debian 12, which takes a minute"
  mmdebstrap --quiet --dpkgopt=path-exclude=/usr/share/man/* --dpkgopt=path-exclude=/usr/share/doc/* \
    --dpkgopt=path-exclude=/usr/share/locale/* --aptopt='Acquire::Languages "none"' \
    "$@" bookworm "$cache/$name.part.tar" "$mirror"
  mv "$cache/$name.part.tar" "$cache/$name.tar"
}

made() {
  docker image inspect --format "$1 is a stand-in for tests, made here: {{.Size}} bytes" "$1"
}

node_image() {
  binary=$root/node_modules/node/bin/node
  [ -x "$binary" ] || fail "node_modules/node/bin/node is missing; run npm ci first"
  debian node --variant=minbase --include=libstdc++6
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  tar xpf "$cache/node.tar" -C "$work"
  cp "$binary" "$work/usr/local/bin/node"
  npm=$(sed -n 's/.*"packageManager": "\(npm@[^"]*\)".*/\1/p' "$root/package.json")
  mkdir -p "$work/usr/local/lib/node_modules/npm" "$work/usr/local/etc"
  (cd "$cache" && npm pack --silent "$npm" >/dev/null)
  tar xzf "$cache/npm-${npm#npm@}.tgz" --strip-components=1 --no-same-owner -C "$work/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$work/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$work/usr/local/bin/npx"
  # Where a proxy signs all that npm downloads, npm has to know whom this machine trusts.
  mkdir -p "$work/etc/ssl/certs"
  cp /etc/ssl/certs/ca-certificates.crt "$work/etc/ssl/certs/"
  echo cafile=/etc/ssl/certs/ca-certificates.crt >"$work/usr/local/etc/npmrc"
  echo node:x:1000:1000::/home/node:/bin/sh >>"$work/etc/passwd"
  echo node:x:1000: >>"$work/etc/group"
  chmod 755 "$work"
  tar c -C "$work" . | docker import --change "$path" \
    --change 'CMD ["node"]' --message "a stand-in for tests" - node:24-bookworm-slim >/dev/null
  made node:24-bookworm-slim
}

redis_image() {
  # As in the real image, /data belongs to its user redis: a new volume takes that over.
  # shellcheck disable=SC2016
  debian redis --variant=minbase --include=redis-server --customize-hook='install -d -o 999 -g 1000 "$1/data"'
  docker import --change "$path" \
    --change 'WORKDIR /data' --change 'CMD ["redis-server"]' --change 'EXPOSE 6379' \
    --message "a stand-in for tests" "$cache/redis.tar" redis:8.2-alpine >/dev/null
  made redis:8.2-alpine
}

present node:24-bookworm-slim || node_image
present redis:8.2-alpine || redis_image
