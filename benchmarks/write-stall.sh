#!/usr/bin/env bash
# What does a freeze cost an application? Three ext4 on loop devices, each with 100 MB of dirty pages and a writer that calls fdatasync;
# the figure is the longest step that any of the writers saw. The ways to freeze take turns, round after round; the last line gives ratios.
# Usage: write-stall.sh [rounds] [folder for the images]     (needs root, gcc, e2fsprogs, util-linux and the .NET SDK)
set -euo pipefail
cd "$(dirname "$0")"
rounds=${1:-10}
work=$(mktemp -d -p "${2:-/tmp}" acs-stall-XXXXXX)
count=3
mounts=()
writers=()

clean() {
  kill "${writers[@]}" 2>/dev/null || true
  for mount in "${mounts[@]}"; do
    fsfreeze -u "$mount" 2>/dev/null || true
    umount "$mount" 2>/dev/null || umount -l "$mount" || true
  done
  rm -rf "$work"
}
trap clean EXIT

gcc -O2 -pthread -o "$work/floor" floor.c
gcc -O2 -o "$work/writer" writer.c
dotnet build -c Release -v quiet -nologo AppConsistentSnapshot.Benchmarks -o "$work/library" >/dev/null
for ((i = 0; i < count; i++)); do
  mkdir "$work/m$i"
  truncate -s 1G "$work/image$i"
  mkfs.ext4 -q -F -E lazy_itable_init=0,lazy_journal_init=0 "$work/image$i"
  mount -o loop "$work/image$i" "$work/m$i"
  mounts+=("$work/m$i")
done

nothing() { sleep 0.2; }
floor() { "$work/floor" "${mounts[@]}"; }
library() { dotnet "$work/library/AppConsistentSnapshot.Benchmarks.dll" freeze "${mounts[@]}" >/dev/null; }
fsfreeze-one-by-one() {
  local mount
  for mount in "${mounts[@]}"; do fsfreeze -f "$mount"; done
  for mount in "${mounts[@]}"; do fsfreeze -u "$mount"; done
}

# The longest step of any writer while a way to freeze runs.
stall() {
  local mount i
  for mount in "${mounts[@]}"; do
    rm -f "$mount/dirty" "$mount/log"
  done
  sync -f "${mounts[@]}"
  for mount in "${mounts[@]}"; do
    dd if=/dev/zero of="$mount/dirty" bs=1M count=100 status=none
  done
  writers=()
  for ((i = 0; i < count; i++)); do
    "$work/writer" "${mounts[i]}/log" >"$work/longest$i" &
    writers+=($!)
  done
  sleep 0.3
  "$1"
  sleep 0.2
  kill -TERM "${writers[@]}"
  wait "${writers[@]}"
  writers=()
  sort -g "$work"/longest[0-9] | tail -n 1
}

ways=(nothing floor library fsfreeze-one-by-one)
for ((round = 0; round <= rounds; round++)); do
  for way in "${ways[@]}"; do
    longest=$(stall "$way")
    # The first round fills caches and is left out.
    if ((round > 0)); then echo "$way $longest" >>"$work/results"; fi
  done
done

median() { awk -v way="$1" '$1 == way { print $2 }' "$work/results" | sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
extreme() { awk -v way="$1" '$1 == way { print $2 }' "$work/results" | sort -g | "$2" -n 1; }
floor_median=$(median floor)
printf '\nLongest stall of a writer, %d rounds, %d × 100 MB dirty\n' "$rounds" "$count"
printf '%-22s %10s %10s %10s %12s\n' way 'median ms' min max 'to the floor'
for way in "${ways[@]}"; do
  middle=$(median "$way")
  printf '%-22s %10.1f %10.1f %10.1f %12.2f\n' "$way" "$middle" "$(extreme "$way" head)" "$(extreme "$way" tail)" "$(awk -v a="$middle" -v b="$floor_median" 'BEGIN { print a / b }')"
done
awk -v l="$(median library)" -v f="$(median fsfreeze-one-by-one)" 'BEGIN { printf "library to fsfreeze one by one: %.2f\n", l / f }'
