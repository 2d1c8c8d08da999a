#!/bin/sh
# Lets the writer go on, and returns when it does. It also runs where the pre-script failed half-way: the writer may never have stopped.
control=$1
rm -f "$control/pause" || exit 1
while [ -e "$control/paused" ]; do
  sleep 0.01
done
echo "the writer goes on"
