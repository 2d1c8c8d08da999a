#!/bin/sh
# Asks the writer to stand still, and returns when it does. May be run again: asking twice is asking once.
control=$1
: > "$control/pause" || exit 1
until [ -e "$control/paused" ]; do
  [ -e "$control/pause" ] || exit 1
  sleep 0.01
done
echo "the writer stands still after row $(cat "$control/paused")"
