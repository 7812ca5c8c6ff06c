#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What callers are linked against, held to the files in capi/. A change is made on purpose: abi.sh update.
# usage: abi.sh symbols|macros|types|guard LIBRARY COMPILER    or    abi.sh update LIBRARY COMPILER
set -euo pipefail
export LC_ALL=C
what=$1 library=$2 compiler=$3
capi=$(cd "$(dirname "$0")/../../capi" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

symbols() { nm -D --defined-only --with-symbol-versions "$library" | awk '$2 != "A" { print $3 }' | sort; }

# Values of macros and of unnamed enumerators, which no ABI tool sees.
macros() {
  "$compiler" -dM -E -xc "$capi/include/commonweal.h" | grep -E '^#define (CW|ARROW)_' | grep -vE 'CW_(EXPORT|CHECKED|NOEXCEPT|CALL|GET)' |
    sed -E 's/\{ +/{/g; s/ +\}/}/g' | sort
  "$compiler" -E -P -xc "$capi/include/commonweal.h" | tr '\n' ' ' | grep -oE 'enum \{[^}]*\}' | tr -s ' '
}

# A small library with every prototype of the header and debug information: what the real one is compiled against. (The real one carries
# thousands of C++ types, and without debug information abidiff passes anything.)
types() {
  command -v abidw >/dev/null || { echo "abidw is not installed (package abigail-tools)"; exit 77; }
  {
    echo '#include <commonweal.h>'
    "$compiler" -E -P -xc "$capi/include/commonweal.h" | tr '\n' ' ' | sed 's/__attribute__ *((\([^()]*\|[^()]*([^()]*)[^()]*\)))//g' | tr ';' '\n' |
      grep -oE '(int32_t|uint32_t|int64_t|size_t|void|const char ?\*|const void ?\*) +cw_[a-z0-9_]+\(.*\)' | grep -v '(\*cw_' |
      sed -E 's/^void (.*)$/void \1 {}/; t; s/$/ { return 0; }/'
  } >"$scratch/types.c"
  "$compiler" -g -w -shared -fPIC -I"$capi/include" "$scratch/types.c" -o "$scratch/types.so"
  nm -D --defined-only "$scratch/types.so" | awk '{ print $3 }' | sort >"$scratch/typed"
  sed 's/@.*//' "$capi/symbols.txt" | diff -u - "$scratch/typed" || { echo "the prototypes and the symbols differ"; exit 1; }
  readelf -SW "$scratch/types.so" | grep -q '\.debug_info' || exit 1
}
describe() {
  abidw --headers-dir "$capi/include" --drop-private-types --no-show-locs --no-comp-dir-path --no-corpus-path --type-id-style hash \
    --out-file "$1" "$scratch/types.so"
}

differ() { # expected file, actual output
  [ -s "$scratch/now" ] || { echo "nothing came out to compare"; exit 1; }
  diff -u "$1" "$scratch/now" || { echo "If the change is meant: $0 update LIBRARY COMPILER"; exit 1; }
}

# One small library, as committed and as changed: a guard that passes a change guards nothing.
small() { # name, extra member, return type
  cat >"$scratch/$1.c" <<END
struct options { unsigned size; $2 double value; };
$3 cw_use(struct options* o) { return ($3)o->value; }
END
  gcc -g -shared -fPIC -o "$scratch/$1.so" "$scratch/$1.c"
}

case $what in
  symbols) symbols >"$scratch/now"; differ "$capi/symbols.txt" ;;
  macros) macros >"$scratch/now"; differ "$capi/macros.txt" ;;
  types)
    types
    abidiff --no-added-syms "$capi/abi/commonweal-0.abi" "$scratch/types.so" ;;
  guard)
    command -v abidw >/dev/null || { echo "abidw is not installed (package abigail-tools)"; exit 77; }
    small same "" int; small member "int more[4];" int; small result "" long
    abidw --no-show-locs --no-comp-dir-path --no-corpus-path --type-id-style hash --out-file "$scratch/same.abi" "$scratch/same.so"
    abidiff --no-added-syms "$scratch/same.abi" "$scratch/same.so"
    for changed in member result; do
      ! abidiff --no-added-syms "$scratch/same.abi" "$scratch/$changed.so" >/dev/null || { echo "a changed $changed passed"; exit 1; }
    done ;;
  update)
    symbols >"$capi/symbols.txt"
    macros >"$capi/macros.txt"
    mkdir -p "$capi/abi"
    types
    describe "$capi/abi/commonweal-0.abi" ;;
  *) exit 2 ;;
esac
