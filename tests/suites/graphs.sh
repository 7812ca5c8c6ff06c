#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What `commonweal export` writes, opened by tools that are not ours: networkx, igraph, and Graphviz where it is installed.
# Skipped, visibly, where they cannot be installed. Closes with "N passed, N failed, N skipped".
set -uo pipefail
cd "${COMMONWEAL_ROOT:-$(dirname "${BASH_SOURCE[0]}")/../..}" || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if ! .venv/bin/python -c 'import networkx, igraph' 2>/dev/null; then
  if ! { [ -x .venv/bin/pip ] || python3 -m venv .venv; } >"$scratch/install.log" 2>&1 ||
     ! .venv/bin/pip install -q --disable-pip-version-check networkx==3.4.2 igraph==0.11.8 >>"$scratch/install.log" 2>&1; then
    echo "skipped: networkx and igraph could not be installed from the Python package index"
    tail -n 3 "$scratch/install.log"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
  fi
fi
for format in dot graphml gexf; do
  build/commonweal export docs/initiatives/gain --format "$format" -o "$scratch/gain.$format" || exit 1
done
# Names and columns that would act in these programs, were they not quoted as each format wants it.
mkdir "$scratch/hostile"
printf 'id,name,URL,label,"a b"\nnode,"a\\"" URL=<javascript:alert(1)>];//",javascript:x,mine,1\nc\001,"bell \007 & <b>",,,\nc\002,"two\nlines \\",,,\n' \
  >"$scratch/hostile/organizations.csv"
printf 'id\ngraph\n' >"$scratch/hostile/groups.csv"
printf 'from,to,href\nnode,graph,javascript:y\nc\001,graph,\nc\002,graph,\n' >"$scratch/hostile/member_of.csv"
for format in dot graphml gexf; do
  build/commonweal export "$scratch/hostile" --format "$format" -o "$scratch/hostile.$format" 2>/dev/null || exit 1
done
.venv/bin/python tests/suites/graphs.py "$scratch" docs/initiatives/gain
