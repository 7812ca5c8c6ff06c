#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The R package: built against an installed libcommonweal through pkg-config, R CMD check with its testthat tests, the example of the README,
# and installed once more with the library inside it. Needs build/ with the command line and the C interface.
# Skipped, visibly, where R or testthat is not installed. Closes with "N passed, N failed, N skipped".
set -uo pipefail
cd "${COMMONWEAL_ROOT:-$(dirname "${BASH_SOURCE[0]}")/../..}" || exit 1
root=$PWD
build=$(cd "${COMMONWEAL_BUILD:-build}" && pwd) || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0 skipped=0
ok() { passed=$((passed + 1)); echo "ok      $1"; }
not_ok() { failed=$((failed + 1)); echo "FAILED  $1"; }
skip() { skipped=$((skipped + 1)); echo "skipped $1"; }
finish() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
  exit
}
# check TITLE COMMAND...: passes where the command does; shows the end of its output where it does not.
check() {
  local title=$1
  shift
  if "$@" >"$scratch/log" 2>&1; then ok "$title"; else not_ok "$title"; tail -n 30 "$scratch/log" | sed 's/^/    /'; return 1; fi
}

command -v R >/dev/null || { skip "the R package: R is not installed"; finish; }
Rscript -e 'stopifnot(requireNamespace("testthat", quietly = TRUE))' >/dev/null 2>&1 ||
  { skip "the R package: testthat is not installed (Debian: r-cran-testthat)"; finish; }

export LC_ALL=C.UTF-8 R_LIBS=$scratch/library R_LIBS_USER=$scratch/none NOT_CRAN=true
mkdir "$R_LIBS"
check "libcommonweal installs" cmake --install "$build" --prefix "$scratch/prefix" --component capi || finish
check "its development files install" cmake --install "$build" --prefix "$scratch/prefix" --component capi_development || finish
export COMMONWEAL_PREFIX=$scratch/prefix

# A copy, so that nothing is left in the clone; without vignettes where what they need is missing.
cp -R bindings/r "$scratch/commonweal"
options=()
have() { Rscript -e "stopifnot(requireNamespace('$1', quietly = TRUE))" >/dev/null 2>&1; }
if ! have knitr || ! have markdown; then
  skip "the vignette: knitr and markdown are not installed (Debian: r-cran-knitr r-cran-markdown)"
  options=(--no-build-vignettes)
fi
cd "$scratch" || exit 1
check "R CMD build" R CMD build "${options[@]}" commonweal || finish

# What asks the network or the clock is off; a package that is only suggested may be missing.
export _R_CHECK_CRAN_INCOMING_REMOTE_=false _R_CHECK_SYSTEM_CLOCK_=0 _R_CHECK_FORCE_SUGGESTS_=false COMMONWEAL_CLI=$build/commonweal
[ ${#options[@]} -eq 0 ] || options=(--ignore-vignettes)
R CMD check --as-cran --no-manual "${options[@]}" commonweal_*.tar.gz >check.log 2>&1
status=$(grep '^Status:' check.log || echo "Status: none, R CMD check did not end")
case $status in
*ERROR* | *WARNING* | *none*)
  not_ok "R CMD check --as-cran --no-manual: ${status#Status: }"
  awk '/^\* / { shown = /(ERROR|WARNING)$/ } shown { print "    " $0 }' check.log
  ;;
*) ok "R CMD check --as-cran --no-manual: ${status#Status: }" ;;
esac
awk '/^\* / { shown = /NOTE$/ } shown { print "    " $0 }' check.log

# testthat's own counts: of expectations that held, failed, or were skipped.
counts=$(cat commonweal.Rcheck/tests/testthat.Rout* 2>/dev/null | grep -oE 'FAIL [0-9]+ \| WARN [0-9]+ \| SKIP [0-9]+ \| PASS [0-9]+' | tail -n 1)
if [[ $counts =~ FAIL\ ([0-9]+)\ \|\ WARN\ ([0-9]+)\ \|\ SKIP\ ([0-9]+)\ \|\ PASS\ ([0-9]+) ]]; then
  echo "        testthat: ${BASH_REMATCH[0]}"
  failed=$((failed + BASH_REMATCH[1]))
  skipped=$((skipped + BASH_REMATCH[3]))
  passed=$((passed + BASH_REMATCH[4]))
  [ "${BASH_REMATCH[1]}" -eq 0 ] || tail -n 60 commonweal.Rcheck/tests/testthat.Rout* | sed 's/^/    /'
  [ "${BASH_REMATCH[4]}" -gt 0 ] || not_ok "testthat ran no expectation"
else
  not_ok "testthat printed no counts"
  tail -n 30 commonweal.Rcheck/tests/testthat.Rout* 2>/dev/null | sed 's/^/    /'
fi

# The library inside the package, as from a clone without an installed one; what build/ has compiled is not compiled again.
mkdir -p "$scratch/inside"
cp -R "$root/bindings/r" "$scratch/r"
inside() {
  env -u COMMONWEAL_PREFIX COMMONWEAL_FROM_SOURCE=1 COMMONWEAL_SOURCE="$root" COMMONWEAL_BUILD="$build" R CMD INSTALL --no-docs --library="$scratch/inside" "$scratch/r"
}
check "R CMD INSTALL with the library inside" inside
rm -rf "$scratch/prefix" # from here on only the one inside is there
alone() { R_LIBS=$scratch/inside Rscript -e 'library(commonweal); stopifnot(nrow(rollup(read_initiative(example_initiative()))) > 0)'; }
check "the package works with nothing else installed" alone

example() {
  cd "$root" || return 1
  diff <(sed -n '/^```text$/,/^```$/p' README.md | grep '^teen-' | head -n 3) <(R_LIBS=$scratch/inside Rscript bindings/r/examples/readme.R)
}
check "the example prints what the README says" example
page() { cd "$root" && R_LIBS=$scratch/inside Rscript bindings/r/tools/check_page.R docs/r.md; }
check "the answers on docs/r.md are what R prints" page
same_folder() { diff -r "$root/docs/initiatives/communities-that-care" "$root/bindings/r/inst/extdata/communities-that-care"; }
check "the example of the package is the folder in docs" same_folder
finish
