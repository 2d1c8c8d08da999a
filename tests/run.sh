#!/usr/bin/env bash
# Runs every test. Installs what the tests need (as root, by apt-get), builds, and ends in "N passed, N failed, N skipped".
# Arguments are passed on to 'dotnet test', such as: --filter-class '*ScriptPlanLoaderTests'
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
  missing=()
  for pair in mkfs.ext4:e2fsprogs mkfs.xfs:xfsprogs mkfs.btrfs:btrfs-progs setfacl:acl fsfreeze:util-linux losetup:mount gcc:gcc strace:strace; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
  done
  [[ -e /usr/include/linux/fs.h ]] || missing+=(linux-libc-dev libc6-dev)
  if ((${#missing[@]})); then
    apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q "${missing[@]}" >/dev/null
  fi
fi

dotnet build AppConsistentSnapshot.sln -c Release -nologo -v quiet

# The native form of the freezer, apart from the other builds, for the tests that run both forms.
if [[ $(uname -sm) == "Linux x86_64" ]] && dotnet publish src/AppConsistentSnapshot.Freezer -c Release -r linux-x64 -nologo -v quiet \
    -p:FreezerAot=true -p:RunAnalyzers=false -p:ArtifactsPath="$PWD/artifacts/freezer/linux-x64-build" -o artifacts/freezer/linux-x64; then
  export ACS_FREEZER_NATIVE=$PWD/artifacts/freezer/linux-x64/acs-freezer
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
set +e
dotnet test --solution AppConsistentSnapshot.sln -c Release --no-build --no-progress --no-ansi "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
set -e

# No runner prints this line by itself. A test host that died counts under "error", not under "failed".
awk -v status="$status" '
  /^Test run summary:/ { seen = 1 }
  seen && $1 == "error:"     { errors  = $2 }
  seen && $1 == "failed:"    { failed  = $2 }
  seen && $1 == "succeeded:" { passed  = $2 }
  seen && $1 == "skipped:"   { skipped = $2 }
  END { failed += errors; if (status != 0 && failed == 0) failed = 1
        printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }' "$log"
exit "$status"
