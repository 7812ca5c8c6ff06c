#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The folders of docs/initiatives, and a folder that Commonweal wrote itself, judged by the public Frictionless tool.
# Skipped, visibly, where the tool cannot be installed. Closes with "N passed, N failed, N skipped".
set -uo pipefail
cd "${COMMONWEAL_ROOT:-$(dirname "${BASH_SOURCE[0]}")/../..}" || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tool=.venv/bin/frictionless
if [ ! -x "$tool" ]; then
  if ! { python3 -m venv .venv && .venv/bin/pip install -q --disable-pip-version-check frictionless==5.21.0; } \
       >"$scratch/install.log" 2>&1; then
    echo "skipped: frictionless could not be installed from the Python package index"
    tail -n 3 "$scratch/install.log"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
  fi
fi

passed=0 failed=0
judge() { # EXPECTED(valid|invalid) FOLDER WORDS
  local answer=invalid
  "$tool" validate "$2/datapackage.json" >"$scratch/answer" 2>&1 && answer=valid
  if [ "$answer" = "$1" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $3 should be $1 to frictionless; it said:"
    tail -n 40 "$scratch/answer"
  fi
}

for package in docs/initiatives/*/datapackage.json; do
  judge valid "$(dirname "$package")" "$(dirname "$package")"
done

# The judge can say no: an id that no group has.
cp -r docs/initiatives/memphis-fast-forward "$scratch/broken"
sed -i 's/,steering-committee,/,steering-comittee,/' "$scratch/broken/part_of.csv"
judge invalid "$scratch/broken" "a folder with an unknown group"

# What Commonweal writes is a valid package too: a sample, and a folder packed and unpacked.
build/commonweal sample --reporters 40 --groups 8 --periods 6 --seed 1 "$scratch/sample" >/dev/null
judge valid "$scratch/sample" "a sample"
build/commonweal pack docs/initiatives/communities-that-care "$scratch/packed" >/dev/null
build/commonweal unpack "$scratch/packed" "$scratch/unpacked" >/dev/null
judge valid "$scratch/unpacked" "an unpacked folder"

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
