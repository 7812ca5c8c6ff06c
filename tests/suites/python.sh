#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The Python package: installs it into .venv as a user would, then ruff, mypy, the declarations against the header, and pytest.
# Skipped, visibly, where its tools cannot be had. Closes with "N passed, N failed, N skipped".
set -uo pipefail
cd "${COMMONWEAL_ROOT:-$(dirname "${BASH_SOURCE[0]}")/../..}" || exit 1
export COMMONWEAL_ROOT=$PWD
package=bindings/python
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0 skipped=0

# What the package is made of: a change of any of it installs it again.
stamp_of() {
  find include src capi cmake CMakeLists.txt $package/src $package/CMakeLists.txt $package/pyproject.toml \
    -type f ! -path '*/__pycache__/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
}

tools=.venv/commonweal-tools
if ! cmp -s $package/requirements-test.txt $tools; then
  if ! { [ -x .venv/bin/pip ] || python3 -m venv .venv; } >"$scratch/install.log" 2>&1 ||
     ! .venv/bin/pip install -q --disable-pip-version-check -r $package/requirements-test.txt >>"$scratch/install.log" 2>&1; then
    echo "skipped: the tools of requirements-test.txt could not be installed from the Python package index"
    tail -n 3 "$scratch/install.log"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
  fi
  cp $package/requirements-test.txt $tools
fi

# The compiler by the name that CMake gives it in build/: ccache tells names apart.
stamp=.venv/commonweal-stamp
wanted=$(stamp_of)
if [ "$(cat $stamp 2>/dev/null)" != "$wanted" ] || ! .venv/bin/python -c 'import commonweal' 2>/dev/null; then
  rm -f $stamp
  if ! env CC=cc CXX=c++ .venv/bin/pip install -q --disable-pip-version-check --no-build-isolation --no-deps --force-reinstall -C build-dir="$PWD/.cache/python-wheel" ./$package >"$scratch/build.log" 2>&1; then
    echo "pip install ./$package failed:"
    tail -n 30 "$scratch/build.log"
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
  fi
  echo "$wanted" >$stamp
fi

# check NAME COMMAND...: one test.
check() {
  local name=$1
  shift
  if "$@" >"$scratch/check.log" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$name failed:"
    tail -n 30 "$scratch/check.log"
  fi
}
check "ruff check" env -C $package "$PWD/.venv/bin/ruff" check -q --no-cache .
check "ruff format" env -C $package "$PWD/.venv/bin/ruff" format -q --check --no-cache .
check "mypy --strict" env -C $package "$PWD/.venv/bin/mypy" --cache-dir "$scratch/mypy"
check "mypy --strict of a program that uses it" .venv/bin/mypy --strict --cache-dir "$scratch/mypy" $package/examples/readme.py
check "declarations against the header" .venv/bin/python $package/tools/generate_abi.py --check

status=0
env -u PYTHONPATH -u COMMONWEAL_LIBRARY .venv/bin/python -m pytest -c $package/pyproject.toml --rootdir $package -p no:cacheprovider \
  --junitxml="$scratch/pytest.xml" --doctest-modules --pyargs commonweal $package/tests || status=$?
counts=$(.venv/bin/python - "$scratch/pytest.xml" <<'EOF'
import sys
import xml.etree.ElementTree as tree

suite = next(iter(tree.parse(sys.argv[1]).getroot().iter("testsuite")))
total, bad, skipped = (sum(int(suite.get(k, 0)) for k in keys) for keys in (["tests"], ["failures", "errors"], ["skipped"]))
print(total - bad - skipped, bad, skipped)
EOF
) || counts="0 1 0"
read -r good bad out <<<"$counts"
# pytest that ends badly has failed, whatever it counted.
[ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + out))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
