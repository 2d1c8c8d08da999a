#!/usr/bin/env bash
# The quick start: an application-consistent snapshot of a real ext4 that an SQLite database is written to, and the proof of it.
#
#   samples/quickstart.sh [--fake] [--keep] [--no-build]
#
#   --fake      what a run without root does: the same workflow and scripts, but with the fake kernel and backend of the testing package
#   --keep      leave the folder with plan, scripts, report and image behind (unmounted), to look at it
#   --no-build  use what 'dotnet build -c Release' has built before
#
# Everything happens in one new folder below /tmp. Whatever way this ends, a second process takes it all away again.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
export PATH="$PATH:/usr/sbin:/sbin" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
SECONDS=0
program=artifacts/quickstart/bin/QuickStart/release/QuickStart.dll

mode=fake keep= build=yes
[[ $EUID -eq 0 ]] && mode=real
for option; do
  case $option in
    --fake) mode=fake ;;
    --keep) keep=yes ;;
    --no-build) build= program=artifacts/bin/QuickStart/release/QuickStart.dll ;;
    --help) sed -n '/^#   /s/^#   //p' samples/quickstart.sh; exit 0 ;;
    *) sed -n '/^#   /s/^#   //p' samples/quickstart.sh >&2; exit 2 ;;
  esac
done

say() { printf '%s\n' "$*"; }
die() { printf 'quickstart: %s\n' "$*" >&2; exit 1; }

# --- What has to be there -------------------------------------------------------------------------------------------------------

[[ $(uname -s) == Linux ]] || die "this needs Linux; the first C# of README.md runs anywhere."
command -v dotnet >/dev/null || die "there is no .NET SDK in the PATH; get version 10 from https://dotnet.microsoft.com/download"
if [[ $mode == real ]]; then
  missing=()
  for need in mkfs.ext4:e2fsprogs e2fsck:e2fsprogs mount:mount umount:mount fsfreeze:util-linux; do
    command -v "${need%%:*}" >/dev/null || missing+=("${need##*:}")
  done
  if ((${#missing[@]})); then
    say "Installing ${missing[*]} ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null; } ||
      die "could not install ${missing[*]}."
  fi
fi

if [[ $build ]]; then
  say "Building ..."
  # Without analyzers it is quicker, and so it has a folder of its own: it must not pass for a build that was checked. Under sudo, what
  # a user has cloned is built by that user. No build server is left running.
  as_owner=()
  if [[ $EUID -eq 0 && ${SUDO_USER:-root} == "$(stat -c %U .)" && ${SUDO_USER:-root} != root ]]; then
    as_owner=(sudo -H -u "$SUDO_USER")
  fi
  "${as_owner[@]}" "$(command -v dotnet)" build samples/QuickStart -c Release -v quiet -nologo \
    --artifacts-path artifacts/quickstart -p:RunAnalyzers=false --disable-build-servers ||
    die "the build failed."
fi
[[ -e $program ]] || die "$program is not built; run without --no-build."

# --- A folder, and somebody who takes it away -----------------------------------------------------------------------------------

room=$(mktemp -d /tmp/acs-quickstart.XXXXXX)

start() { # NAME ARGUMENTS: the program, in the background; whoever cleans up finds its process id
  (
    echo "$BASHPID" >"$room/$1.pid"
    exec {life}>&- </dev/null dotnet "$program" "${@:2}"
  ) &
}

gone() { # PID SECONDS: waits until a process has ended
  for ((i = 0; i < $2 * 20; i++)); do
    kill -0 "$1" 2>/dev/null || return 0
    sleep 0.05
  done
  return 1
}

clean_up() {
  local pid
  if pid=$(cat "$room/snapshot.pid" 2>/dev/null) && kill -TERM "$pid" 2>/dev/null; then
    gone "$pid" 15 || kill -KILL "$pid" 2>/dev/null
  fi
  if mountpoint -q "$room/volume"; then
    fsfreeze -u "$room/volume" 2>/dev/null # answers "not frozen" unless something went very wrong
  fi
  if pid=$(cat "$room/writer.pid" 2>/dev/null); then
    kill -TERM "$pid" 2>/dev/null
    gone "$pid" 5 || kill -KILL "$pid" 2>/dev/null
  fi
  for folder in snapshot volume; do
    if mountpoint -q "$room/$folder"; then
      umount "$room/$folder" || umount --lazy "$room/$folder"
    fi
  done
  if [[ $keep ]]; then rm -rf "$room/control" "$room"/*.pid; else rm -rf --one-file-system "$room"; fi
}

# The guard: it waits until this script has ended, however that happens (SIGKILL too), but not for ever; then it thaws, ends, unmounts
# and removes whatever is still there. Only this script holds the other end of its pipe.
exec {life}> >(
  trap '' INT TERM HUP
  set +e
  timeout 100 cat >/dev/null
  clean_up
)
guard=$!

snapshot= # the process that takes it, while there is one
finish() {
  local status=$?
  trap '' INT TERM HUP EXIT
  if [[ $snapshot ]]; then
    kill -TERM "$snapshot" 2>/dev/null || true # it thaws and resumes before it ends
    wait "$snapshot" || true
  fi
  exec {life}>&-
  wait "$guard" 2>/dev/null || gone "$guard" 60 || true
  if grep -q " $room/" /proc/self/mountinfo || [[ -e $room && ! $keep ]]; then
    say "NOT cleaned up: look at $room and 'findmnt | grep $room'."
    status=1
  elif [[ $keep ]]; then
    say "Kept: $room. Look at report.json, or at the image: e2fsck -fn $room/images/*.img, mount -o ro,loop $room/images/*.img /mnt"
  else
    say "Cleaned up: nothing is mounted, frozen, running or left in $room."
  fi
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

# --- A file system, an application on it, and a plan to quiesce it ----------------------------------------------------------------

mkdir -m 700 "$room/volume" "$room/images" "$room/snapshot" "$room/control"
if [[ $mode == real ]]; then
  truncate -s 128M "$room/volume.img"
  mkfs.ext4 -q -F "$room/volume.img"
  mount -o loop "$room/volume.img" "$room/volume" ||
    die "root may not mount here (a container without its rights?). 'samples/quickstart.sh --fake' shows what can be shown without."
  say "Made $room/volume: an ext4 of 128 MiB on a loop device."
else
  say "Not root, or --fake. What is different from a real run:"
  say "  - nothing is frozen and no image is made: freeze and backend are those of AppConsistentSnapshot.Testing, in memory;"
  say "  - the plan and its scripts belong to you instead of root (SnapshotOptions.Owner)."
  say "Plan, permission check, scripts, writer, order of the steps and report are the real ones."
fi

install -m 700 samples/QuickStart/scripts/pre-script.sh samples/QuickStart/scripts/post-script.sh "$room"
cat >"$room/plan.json" <<PLAN
{
  "preScriptLocation": "$room/pre-script.sh",
  "preScriptParams": ["$room/control"],
  "postScriptLocation": "$room/post-script.sh",
  "postScriptParams": ["$room/control"],
  "timeoutInSeconds": 20,
  "continueBackupOnFailure": false
}
PLAN
chmod 600 "$room/plan.json"

start writer writer "$room/volume" "$room/control"
for ((i = 0; i < 300; i++)); do
  [[ ! -e $room/control/ready ]] || break
  kill -0 $! 2>/dev/null || die "the writer ended."
  sleep 0.1
done
[[ -e $room/control/ready ]] || die "the writer wrote nothing for 30 seconds."
say "A writer commits a row every few milliseconds into $room/volume/orders.db (SQLite, WAL)."

# --- The snapshot ---------------------------------------------------------------------------------------------------------------

if [[ $mode == real ]]; then start snapshot real "$room"; else start snapshot fake "$room" "$EUID"; fi
snapshot=$!
status=0
wait "$snapshot" || status=$?
snapshot=
rm -f "$room/snapshot.pid"

say ""
if ((status == 0)) && [[ $mode == real ]]; then
  say "The proof holds. (${SECONDS} s)"
elif ((status == 0)); then
  say "The proof holds as far as it goes: the writer really stood still. As root, a real image is proved too. (${SECONDS} s)"
else
  say "There is NO proof (exit status $status). Run with --keep to look into it."
fi
exit "$status"
