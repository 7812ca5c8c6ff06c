#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every diagnostic code that the sources give stands in docs/diagnostics.md, and every one there stands in the sources.

usage: diagnostic_codes.py ROOT [--list]
"""
import re
import sys
from pathlib import Path

root = Path(sys.argv[1])
CODE = r'"([a-z][a-z0-9]*(?:_[a-z0-9]+)*)"'
WORD = r'"[a-z0-9_]+"'
# What is said of an input: a severity, then the code; or a helper of a room that knows the severity itself.
AFTER_SEVERITY = re.compile(rf'severity::\w+\s*,\s*((?:[^,;"]*{WORD})+)\s*,')
HELPER = re.compile(rf'\b(?:refuse|refuse_bytes|fail|note|warn|tell|say|reject)\s*\((?!code\b)([^"();{{]*{WORD}(?:\s*:\s*{WORD})?)\s*,\s')
MEMBER = re.compile(rf'\.code\s*=\s*({WORD})')
# Enumerations whose names are codes; "none" among them is the absence of one.
LISTS = {"include/commonweal/core/values.hpp"}
LIST = re.compile(r'std::array<std::string_view, \d+> values = \{([^}]*)\}')

emitted = {}
for folder in ("include/commonweal", "src"):
    for path in sorted((root / folder).rglob("*.[ch]pp")):
        name = path.relative_to(root).as_posix()
        text = re.sub(r'^\s*//.*$', '', path.read_text(encoding="utf-8"), flags=re.M)
        patterns = [AFTER_SEVERITY, HELPER, MEMBER] + ([LIST] if name in LISTS else [])
        for pattern in patterns:
            for match in pattern.finditer(text):
                for code in re.findall(CODE, match.group(1)):
                    if code != "none":
                        emitted.setdefault(code, set()).add(name)

if "--list" in sys.argv:
    for code, files in sorted(emitted.items()):
        print(code, *sorted(files))
    sys.exit(0)

documented = re.findall(r'^\| `([a-z0-9_]+)` \|', (root / "docs/diagnostics.md").read_text(encoding="utf-8"), flags=re.M)
failures = [f"{c} is given by {', '.join(sorted(f))} and missing in docs/diagnostics.md"
            for c, f in sorted(emitted.items()) if c not in documented]
failures += [f"{c} stands in docs/diagnostics.md and nothing in the sources gives it" for c in documented if c not in emitted]
failures += [f"{c} stands twice in docs/diagnostics.md" for c in sorted(set(documented)) if documented.count(c) > 1]
if len(emitted) < 20:
    failures.append(f"only {len(emitted)} codes were found in the sources: this check no longer sees them")
print("\n".join(failures) if failures else f"{len(documented)} codes are documented")
sys.exit(1 if failures else 0)
