#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs a program of the documentation and compares its output with what the page shows.
set -euo pipefail
output=$("$1")
printf '%s\n' "$output"
[ ! -e "$2" ] || diff <(printf '%s\n' "$output") "$2"
