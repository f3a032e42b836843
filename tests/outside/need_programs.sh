#!/bin/sh
# Make other people's programs available for the tests where that is possible; say so where it is not.
# PostgreSQL and Node come from Debian, readers and validators from the npm registry, at pinned versions.
cd "$(dirname "$0")" || exit 1
LFORMS=40.1.3
LFORMS_IS="sha512-WLruTm+BcVnafC0rSAQ3/cNqhxvclBUxyBG68aub/uha2NaK9H8ZZcEXTTuORuGzzCt0wa7fvhuieZtcDIdPzQ=="

missing() {
  echo "$1 not here and not installed: tests that need it will be skipped (in CI: fail)." >&2
}

debian() {
  command -v apt-get >/dev/null 2>&1 || return 1
  as=""
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null || return 1
    as="sudo"
  fi
  $as apt-get update -qq && $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || debian postgresql ||
  missing "PostgreSQL's server"

{ command -v node && command -v npm; } >/dev/null 2>&1 || debian nodejs npm || debian nodejs || missing "Node with npm"
command -v npm >/dev/null 2>&1 || exit 0

if ! [ node_modules/.ready -nt package-lock.json ]; then
  if npm ci --legacy-peer-deps --ignore-scripts --no-audit --no-fund --loglevel=error; then
    touch node_modules/.ready
  else
    missing "readers and validators from npm"
  fi
fi

# Only the built form program of lforms: its package asks for a whole framework that it never loads.
if ! [ -f "node_modules/lforms/.is-$LFORMS" ]; then
  box=$(mktemp -d)
  if (cd "$box" && npm pack --json --loglevel=error "lforms@$LFORMS" >packed.json) &&
    grep -qF "$LFORMS_IS" "$box/packed.json" && rm -rf node_modules/lforms && mkdir -p node_modules/lforms &&
    tar -xzf "$box/lforms-$LFORMS.tgz" -C node_modules/lforms --strip-components=1 --exclude='*.map' \
      package/LICENSE.md package/package.json package/dist/lforms/webcomponent package/dist/lforms/fhir/R4; then
    touch "node_modules/lforms/.is-$LFORMS"
  else
    missing "lforms from npm"
  fi
  rm -rf "$box"
fi
