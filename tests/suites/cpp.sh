#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The C++ suite: everything ctest knows in build/. Closes with "N passed, N failed, N skipped".
set -uo pipefail
cd "${COMMONWEAL_ROOT:-$(dirname "${BASH_SOURCE[0]}")/../..}" || exit 1
report=$PWD/build/ctest.xml
rm -f "$report"
ctest --test-dir build --output-on-failure --no-tests=error --output-junit "$report" \
      -j "${COMMONWEAL_JOBS:-$(nproc)}" | grep -vE '^ *(Start +[0-9]+:|[0-9]+/[0-9]+ Test .* Passed )' | tail -n 200
status=${PIPESTATUS[0]}
[ -s "$report" ] || { echo "ctest wrote no report"; exit 1; }

count() { grep -m 1 -oE "^[[:space:]]*$1=\"[0-9]+\"" "$report" | grep -oE '[0-9]+'; }
# A test whose program is not there counts as skipped in the report; here it has failed.
absent=$(grep -c 'message="Unable to find' "$report")
tests=$(count tests) failed=$(count failures) skipped=$(count skipped) disabled=$(count disabled)
echo "$((tests - failed - skipped - disabled)) passed, $((failed + absent)) failed, $((skipped + disabled - absent)) skipped"
exit "$status"
