# SPDX-License-Identifier: Apache-2.0
"""What can be done from where: capabilities.csv against the sources of C++, C, Python, R and the command line.

parity.py ROOT            judges; one line for each finding, exit code 1 where there is one
parity.py ROOT --write    writes docs/parity.md
A new function of any of the five surfaces is a finding until a row of capabilities.csv names it.
"""
from __future__ import annotations

import ast
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

SURFACES = ("cpp", "c", "python", "r", "command")
TITLES = ("C++", "C", "Python", "R", "command line")
# Rooms whose headers are what others are made of; the answers made of them are in the rows.
FOUNDATIONS = ("core/", "rollup/engine/")


def public_headers(root: Path, *, all_rooms: bool = False) -> dict[str, str]:
    base = root / "include/commonweal"
    names = (p.relative_to(base).as_posix() for p in sorted(base.rglob("*.hpp")))
    return {n: (base / n).read_text() for n in names if "detail/" not in n and (all_rooms or not n.startswith(FOUNDATIONS))}


def cpp_answers(headers: dict[str, str]) -> set[str]:
    """Functions that return a table, the members of an initiative, and what loads and saves one."""
    found = set()
    for name, text in headers.items():
        body = re.sub(r"namespace detail \{.*?\n\} // namespace detail", "", text, flags=re.S)
        found |= set(re.findall(r"^(?:\[\[nodiscard\]\] )(?:inline )?table ([a-z_]+)\(", body, re.M))
        if name == "load.hpp":
            found |= set(re.findall(r"^(?:\[\[nodiscard\]\] )?[\w:<>]+ ([a-z_]+)\(", body, re.M))
        if name == "initiative.hpp":
            members = body[body.index("class initiative") : body.index(" private:")]
            found |= set(re.findall(r"\[\[nodiscard\]\] .*?([a-z_]+)\(.*?\) const", members))
    return found


def cpp_words(headers: dict[str, str]) -> dict[str, set[str]]:
    """The names that each header declares, as far as a row may cite them."""
    pattern = r"\b(?:class|struct|enum class|using) ([a-z_]\w*)|\b([a-z_]\w*)\s*\(|inline constexpr [\w:]+ ([a-z_]\w*)"
    return {h: {w for found in re.findall(pattern, text) for w in found if w} for h, text in headers.items()}


def c_functions(root: Path) -> set[str]:
    text = (root / "capi/include/commonweal.h").read_text()
    return set(re.findall(r"^CW_(?:CALL|GET\([^)]*\)) (cw_\w+)\(", text, re.M))


def python_names(root: Path) -> set[str]:
    """The names of __all__, and for each class among them its public members, inherited ones too, as `Class.member`."""
    package = root / "bindings/python/src/commonweal"
    trees = {p.stem: ast.parse(p.read_text()) for p in package.glob("*.py")}
    exported: set[str] = set()
    for node in trees["__init__"].body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            exported = set(ast.literal_eval(node.value))
    names = {n for n in exported if not n.startswith("__")}
    classes = {n.name: (stem, n) for stem, tree in trees.items() for n in tree.body if isinstance(n, ast.ClassDef)}

    def members(cls: ast.ClassDef) -> set[str]:
        own = {m.name for m in cls.body if isinstance(m, ast.FunctionDef)}
        bases = (classes[b.id][1] for b in cls.bases if isinstance(b, ast.Name) and b.id in classes)
        return own.union(*map(members, bases))

    for name, (stem, cls) in classes.items():
        if not stem.startswith("_") and not name.startswith("_"):
            names |= {f"{name}.{m}" for m in members(cls) if not m.startswith("_")}
    return names


def r_names(root: Path) -> set[str]:
    text = (root / "bindings/r/NAMESPACE").read_text()
    names: set[str] = set()
    for inside in re.findall(r"^export\(([^)]*)\)", text, re.M):
        names |= {n.strip().strip('"') for n in inside.split(",")}
    for generic, cls in re.findall(r"^S3method\(\s*\"?([\w:.\[$]+)\"?\s*,\s*\"?([\w.]+)\"?\s*\)", text, re.M):
        names.add(f"{generic}.{cls}")
    return names


def is_method(root: Path, name: str) -> bool:
    return f"export({name})" not in (root / "bindings/r/NAMESPACE").read_text()


def commands(root: Path) -> set[str]:
    """Every command with the words of the lists that its first argument takes: `analyze`, `rollup`, ..."""
    text = "".join(p.read_text() for p in sorted((root / "src/cli").glob("*.cpp")))
    return set(re.findall(r"add_subcommand\(\s*\"(\w+)\"", text))


def analyses(root: Path) -> set[str]:
    """What `analyze` takes."""
    text = (root / "src/answers/analyze.hpp").read_text()
    return set(re.findall(r'_request(?: : \w+)? \{\s+static constexpr question asks\{\s*"(\w+)"', text))


def rows_of(root: Path) -> list[dict[str, str]]:
    with (root / "tests/parity/capabilities.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def items(cell: str) -> list[str]:
    return [w.strip() for w in cell.split(";") if w.strip()]


def findings(root: Path) -> Iterator[str]:
    headers = public_headers(root)
    words = cpp_words(headers)
    known = {
        "cpp": {w for names in cpp_words(public_headers(root, all_rooms=True)).values() for w in names},
        "c": c_functions(root),
        "python": python_names(root),
        "r": r_names(root),
        "command": commands(root),
    }
    # Methods of R's own generics (print, plot) may be cited; they belong to the answer they print.
    wanted = {**known, "cpp": cpp_answers(headers), "r": {n for n in known["r"] if not is_method(root, n)}}
    named: dict[str, set[str]] = {s: set() for s in SURFACES}
    for line, row in enumerate(rows_of(root), start=2):
        where = f"capabilities.csv, row {line}, {row['capability']}"
        for surface in SURFACES:
            cited = items(row[surface])
            if not cited and not row["why"]:
                yield f"{where}: nothing in {surface}, and no reason in `why`"
            for item in cited:
                # `analyze trend`, `network::node_table`: what is looked up is the name itself.
                name = item.split("(")[0].split("::")[-1].split(" ")[0]
                named[surface].add(name)
                if name not in known[surface]:
                    yield f"{where}: {surface} has no {name}"
    cited = {w for row in rows_of(root) for item in items(row["command"]) for w in re.findall(r"analyze (\w+)", item)}
    for word in sorted(cited ^ analyses(root)):
        yield f"command: the analysis {word} is in a row or in answers/analyze.hpp, and not in both"
    for surface in SURFACES:
        for name in sorted(wanted[surface] - named[surface]):
            yield f"{surface}: {name} is in no row of capabilities.csv"
    for header, names in words.items():
        if not names & named["cpp"] and header not in named_headers(root):
            yield f"cpp: nothing of {header} is in a row of capabilities.csv"


def named_headers(root: Path) -> set[str]:
    """Headers that need no row, each with the reason."""
    with (root / "tests/parity/headers.csv").open(newline="") as file:
        return {row["header"] for row in csv.DictReader(file)}


def page(root: Path) -> str:
    out = [
        "# What can be done from where",
        "",
        "Generated from [capabilities.csv](../tests/parity/capabilities.csv) by `python3 tests/parity/parity.py . --write`; a test fails where",
        "the table and the sources part: a function of any of the five surfaces that no row names, or a row that names what is not there.",
        "",
        "| capability | " + " | ".join(TITLES) + " | |",
        "|---|" + "---|" * (len(TITLES) + 1),
    ]
    for row in rows_of(root):
        cells = ["<br>".join(f"`{i}`" for i in items(row[s])) for s in SURFACES]
        out.append(f"| {row['capability']} | " + " | ".join(cells) + f" | {row['why']} |")
    with (root / "tests/parity/headers.csv").open(newline="") as file:
        rest = list(csv.DictReader(file))
    out += ["", "## Headers without a row", "", "| header | why |", "|---|---|"]
    out += [f"| `{r['header']}` | {r['why']} |" for r in rest]
    out += ["", "Headers below `core/` and `rollup/engine/` are what the others are made of.", ""]
    return "\n".join(out)


def main() -> int:
    root = Path(sys.argv[1])
    target = root / "docs/parity.md"
    if sys.argv[2:] == ["--write"]:
        target.write_text(page(root))
        return 0
    found = list(findings(root))
    if target.read_text() != page(root):
        found.append("docs/parity.md is not what capabilities.csv says: python3 tests/parity/parity.py . --write")
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
