#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write what follows from the options of questions, as `commonweal options` lists them.

    tools/options.py PROGRAM            # writes it: commonweal.h, capi/src, bindings, docs/options.md
    tools/options.py PROGRAM --check    # fails where a file is not what the lists say

The options are declared in src/answers; PROGRAM is the built command line. In commonweal.h the members of a struct keep their order: an
option that is new comes last, so that a struct that was filled by an older program still means the same.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
HEADER = ROOT / "capi" / "include" / "commonweal.h"
#: C type, its initializer, and how a default is written, by the type of an option.
C_TYPES = {"flag": ("uint64_t", "0"), "number": ("double", "0.0"), "whole": ("uint64_t", "0"), "rows": ("const cw_table*", "NULL")}


class Question:
    def __init__(self, listed: dict) -> None:
        self.name: str = listed["question"]
        self.analysis: bool = listed["analysis"]
        self.progress: bool = listed["progress"]
        self.meaning: str = listed["meaning"]
        self.options: list[dict] = listed["options"]
        self.struct = f"cw_{self.name}_options"


def sentence(option: dict) -> str:
    """The meaning and the words."""
    words = [w for w in option["words"]] if option["name"] not in ("node", "edge") else []
    return option["meaning"] + (": " + ", ".join(words) if words else "")


def comment(text: str, indent: str = "") -> list[str]:
    """A C comment of lines that clang-format leaves as they are."""
    lines = textwrap.wrap(text, 116 - len(indent))
    if len(lines) == 1:
        return [f"{indent}/* {lines[0]} */"]
    return [f"{indent}/* {lines[0]}", *(f"{indent} * {line}" for line in lines[1:-1]), f"{indent} * {lines[-1]} */"]


def formatted(text: str, path: Path) -> str:
    """As clang-format leaves a file."""
    command = ["clang-format-14", f"--assume-filename={path}"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


# ---- C -------------------------------------------------------------------------------------------


def c_order(question: Question, old: str) -> list[dict]:
    """The options in the order of the struct there is, new ones last."""
    found = re.search(rf"typedef struct {question.struct} \{{(.*?)\n\}}", old, re.S)
    there = re.findall(r"(\w+);", re.sub(r"/\*.*?\*/", "", found[1], flags=re.S)) if found else []
    rank = {name: i for i, name in enumerate(there)}
    return sorted(question.options, key=lambda o: rank.get(o["name"], len(rank)))


def c_struct(question: Question, old: str) -> list[str]:
    lines = [f"typedef struct {question.struct} {{", "  uint32_t struct_size;", "  uint32_t reserved; /* 0 */"]
    values = [f"(uint32_t)sizeof({question.struct})", "0"]
    if question.progress:
        lines += ["  /* NULL: not called */", "  const cw_progress* progress;"]
        values.append("NULL")
    for option in c_order(question, old):
        lines += comment(sentence(option), "  ")
        name, kind, given = option["name"], option["type"], option["default"]
        if option["several"]:
            element = "cw_weight" if kind == "weight" else "cw_text"
            lines += [f"  const {element}* {name};", f"  size_t n_{name};"]
            values += ["NULL", "0"]
        elif kind in C_TYPES:
            written, blank = C_TYPES[kind]
            lines.append(f"  {written}{'' if written.endswith('*') else ''} {name};")
            values.append(blank if not given else str(float(given)) if kind == "number" else str(int(given)))
        else:
            lines.append(f"  cw_text {name};")
            values.append("CW_BLANK")
    return [*lines, f"}} {question.struct};", f"#define {question.struct.upper()[:-8]}_OPTIONS_INIT {{ {', '.join(values)} }}"]


def c_analysis(question: Question) -> str:
    return f"cw_{question.name}(const cw_initiative* initiative, const {question.struct}* options, cw_table** out, cw_error** err)"


def c_header(questions: list[Question]) -> str:
    text = HEADER.read_text(encoding="utf-8")

    def block(found: re.Match[str]) -> str:
        lines = []
        for q in questions:
            if q.name == found[1] or (q.analysis and found[1] == "analyses"):
                lines += [*comment(f"As `commonweal {'analyze ' if q.analysis else ''}{q.name}`. {q.meaning}."), *c_struct(q, text)]
                if q.analysis:
                    lines += [f"CW_CALL {c_analysis(q)} CW_NOEXCEPT;", ""]
        return "\n".join([f"/* options of {found[1]}: written by tools/options.py */", *lines, f"/* end of options of {found[1]} */"])

    text = re.sub(r"/\* options of (\w+): written by tools/options.py \*/.*?/\* end of options of \1 \*/", block, text, flags=re.S)
    return formatted(text, HEADER)


def c_layouts(questions: list[Question], header: str) -> str:
    lines = ["// Written by tools/options.py: do not edit."]
    for q in questions:
        if f"}} {q.struct};" not in header:
            continue
        names = ", ".join(f'{{"{o["name"]}", offsetof({q.struct}, {o["name"]})}}' for o in q.options)
        lines += [
            "template <>",
            f"struct layout_of<{q.struct}> {{",
            f"  static constexpr {q.struct} standard = {q.struct.upper()}_INIT;",
            f"  static constexpr std::array<member, {len(q.options)}> members{{{{{names}}}}};",
            "};",
        ]
    return "\n".join(lines) + "\n"


def c_analyses(questions: list[Question]) -> str:
    lines = ["// Written by tools/options.py: do not edit."]
    for q in questions:
        if q.analysis:
            lines += [f"int32_t {c_analysis(q)} CW_NOEXCEPT {{",
                      f"  return analyzed<answers::{q.name}_request>(initiative, options, out, err);", "}"]
    return "\n".join(lines) + "\n"


# ---- Python --------------------------------------------------------------------------------------

PACKAGE = ROOT / "bindings/python/src/commonweal"
PY_TYPES = {"flag": "bool", "number": "float", "whole": "int", "rows": "TableLike", "period": "Period", "day": "Day"}


class Method(NamedTuple):
    """Where a question is asked in Python: its file and function, what comes before and after the options."""

    file: str
    name: str
    first: tuple[str, ...] = ("self",)
    positional: str = ""
    last: tuple[str, ...] = ()
    documented: bool = True


#: Which figures: the same everywhere, and described once, at `analyze`.
FIGURES = ("indicator", "group", "reporter", "every", "from", "to")
PROGRESS = ("progress: Optional[Progress] = None",)
METHODS = {
    "rollup": Method("_figures.py", "rollup"),
    "explain": Method("_figures.py", "explain"),
    "summary": Method("_series.py", "describe"),
    **{name: Method("_analyses.py", name) for name in ("gaps", "equity", "standardized", "reversals", "breakdowns")},
    "harmonize": Method("_analyses.py", "harmonize", positional="local"),
    "assess": Method("_judgements.py", "assess"),
    "lint": Method("_judgements.py", "lint"),
    "select": Method("_judgements.py", "select", positional="show"),
    "report": Method("_judgements.py", "report"),
    "structure": Method("network.py", "structure", positional="show"),
    "export": Method("network.py", "to_text", positional="format"),
    "sample": Method("loading.py", "sample", ("path: Optional[AnyPath] = None",), last=PROGRESS, documented=False),
}
PARTIAL = Method("partial.py", "__init__", ("self", "initiative: Initiative"), documented=False)


def py_name(option: dict) -> str:
    return "from_" if option["name"] == "from" else option["name"]


def py_parameter(option: dict) -> str:
    kind, default = option["type"], option["default"]
    if option["several"]:
        one = PY_TYPES.get(kind)
        annotation = "Optional[Mapping[str, float]]" if kind == "weight" else f"Union[{one}, Iterable[{one}], None]" if one else "Optional[Words]"
    elif default is not None:
        annotation = PY_TYPES.get(kind, "str")
    else:
        annotation = PY_TYPES.get(kind, "str") if option["required"] else f"Optional[{PY_TYPES.get(kind, 'str')}]"
    if kind == "number" and default is not None:
        default = float(default)
    written = json.dumps(default) if isinstance(default, str) else repr(default)
    return f"{py_name(option)}: {annotation}" + ("" if option["required"] else f" = {written}")


def py_method(text: str, method: Method, question: Question) -> str:
    """The file with the signature and the arguments of one function as the list has them."""
    found = re.search(rf"^( *)def {method.name}\((.*?)\) -> ([^\n]*):\n", text, re.S | re.M)
    if found is None:
        raise SystemExit(f"{method.file} has no {method.name} for the question {question.name}")
    indent = found[1]
    ahead = [o for o in question.options if o["name"] == method.positional]
    rest = [o for o in question.options if o["name"] != method.positional]
    last = PROGRESS if question.progress and method.name != "__init__" else method.last
    parameters = [*method.first, *map(py_parameter, ahead), "*", *map(py_parameter, rest), *last]
    signature = "".join(f"{indent}    {p},\n" for p in parameters)
    head = f"{indent}def {method.name}(\n{signature}{indent}) -> {found[3]}:\n"
    after = text[found.end() :]
    if method.documented:
        quoted = re.match(r'\s*"""(.*?)"""', after, re.S)
        inner = indent + "    "
        lines = [f"{py_name(o)}: {sentence(o)[0].lower()}{sentence(o)[1:]}." for o in question.options if not (question.analysis and o["name"] in FIGURES)]
        if last:
            lines.append("progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.")
        wrapped = [line for one in lines for line in textwrap.wrap(one, 130, initial_indent=inner + "    ", subsequent_indent=inner + "        ")]
        body = re.sub(rf"\n\n{inner}Args:\n(?:{inner} +[^\n]*(?:\n|$))*", "\n", quoted[1].rstrip() + "\n").rstrip()
        parts = re.split(rf"(?=\n\n{inner}(?:Returns:|Raises:|>>>))", body, maxsplit=1)
        parts.insert(1, f"\n\n{inner}Args:\n" + "\n".join(wrapped))
        after = f'{inner}"""{"".join(parts)}\n{inner}"""' + after[quoted.end() :]
    return text[: found.start()] + head + after


def py_files(questions: list[Question]) -> dict[Path, str]:
    files: dict[Path, str] = {}
    for q in questions:
        methods = [METHODS.get(q.name, Method("_series.py", q.name))] + ([PARTIAL] if q.name == "rollup" else [])
        for method in methods:
            path = PACKAGE / method.file
            files[path] = py_method(files.get(path, path.read_text(encoding="utf-8")), method, q)

    def named(kind: str) -> str:
        return ", ".join(sorted({json.dumps(o["name"]) for q in questions for o in q.options if o["type"] == kind}))

    files[PACKAGE / "_questions.py"] = "\n".join([
        "# SPDX-License-Identifier: Apache-2.0",
        '"""What the options of questions are. Written by tools/options.py: do not edit."""',
        "",
        f"PERIODS = frozenset([{named('period')}])",
        f"DAYS = frozenset([{named('day')}])",
        "ANALYSES = (",
        *(f'    "{q.name}",' for q in questions if q.analysis),
        ")",
        "",
    ])
    return files


# ---- R -------------------------------------------------------------------------------------------

R = ROOT / "bindings/r"
R_KINDS = {"flag": "TRUTH", "number": "NUMBER", "whole": "WHOLE", "rows": "ROWS"}
#: Where a question is asked in R: file and function, and what comes before and after the options.
R_FUNCTIONS = {
    "trend": [("analyze.R", "trend", "x", "")],
    "card": [("analyze.R", "report_card", "x", "")],
    "target": [("analyze.R", "target_progress", "x", "")],
    "chart": [("analyze.R", "control_chart", "x", "")],
    "forecast": [("analyze_more.R", "forecast_figures", "x", "")],
    "quality": [("analyze_more.R", "data_quality", "x", "")],
    "rollup": [("figures.R", "rollup", "x", ""), ("figures.R", "rollup_options", "", "")],
    "explain": [("figures.R", "explain", "x", "")],
    "assess": [("judgements.R", "assess", "x", "")],
    "select": [("judgements.R", "select_backbone", "x", "")],
    "structure": [("network.R", "network_structure", "x", "")],
    "export": [("network.R", "network_graph", "x", "file = NULL")],
}
R_FILES = ("analyze.R", "analyze_more.R", "figures.R", "judgements.R", "network.R")


def r_functions(question: Question) -> list[tuple[str, str, str, str]]:
    other = [("analyze_more.R", question.name, "x", "")] if question.analysis and question.name not in ("summary", "group_contributions") else []
    return R_FUNCTIONS.get(question.name, other)


def r_signature(question: Question, name: str, first: str, last: str) -> str:
    asked = [f"{o['name']} = NULL" for o in question.options]
    progress = ["progress = NULL"] if question.progress and name != "rollup_options" else []
    head = f"{name} <- function("
    given = textwrap.wrap(", ".join([p for p in (first, *asked, *progress, last) if p]), 150 - len(head), break_long_words=False)
    return head + ("\n" + " " * len(head)).join(given) + ")"


def r_parameters(asked: list[Question]) -> list[str]:
    """A line of roxygen for each option of the functions on one page."""
    texts: dict[str, dict[str, list[str]]] = {}
    for q in asked:
        name = r_functions(q)[0][1]
        for o in q.options:
            words = ", ".join(f'`"{w}"`' for w in o["words"]) if o["name"] not in ("node", "edge") else ""
            default = f"; by default {o['default']}" if o["default"] and o["type"] != "word" else ""
            several = " One or several." if o["several"] else ""
            text = o["meaning"] + (f": {words}" if words else "") + default + "." + several
            texts.setdefault(o["name"], {}).setdefault(text, []).append(name)
    lines = []
    for option, meanings in texts.items():
        said = [text if len(meanings) == 1 else ", ".join(f"`{n}()`" for n in names) + f": {text}" for text, names in meanings.items()]
        lines += textwrap.wrap(f"@param {option} " + " ".join(said), 150, initial_indent="#' ", subsequent_indent="#'   ")
    if any(q.progress for q in asked):
        lines.append("#' @param progress `NULL`, or a function of the share done (0 to 1) and what is being done; `FALSE` from it cancels.")
    return lines


def r_files(questions: list[Question], header: str) -> dict[Path, str]:
    by_name = {q.name: q for q in questions}
    files = {}
    for file in R_FILES:
        text = (R / "R" / file).read_text(encoding="utf-8")
        for q in questions:
            for where, name, first, last in r_functions(q):
                if where == file:
                    text, n = re.subn(rf"^{name} <- function\([^()]*\)", r_signature(q, name, first, last), text, flags=re.M)
                    if n != 1:
                        raise SystemExit(f"{file} has {n} functions {name} for the question {q.name}")

        def block(found: re.Match[str]) -> str:
            return "\n".join([found[1], *r_parameters([by_name[n] for n in found[2].split(", ")]), "# end of options"])

        files[R / "R" / file] = re.sub(r"(# options of ([\w, ]+): written by tools/options.py)\n.*?# end of options", block, text, flags=re.S)
    named = ", ".join(f'"{q.name}"' for q in questions if q.analysis)
    files[R / "R/questions.R"] = "\n".join([
        "# SPDX-License-Identifier: Apache-2.0", "# The words of analyze(). Written by tools/options.py: do not edit.", "",
        *textwrap.wrap(f"analyses <- c({named})", 150, subsequent_indent="              "), ""])
    files[R / "src/questions.h"] = formatted(r_tables(questions, header), R / "src/questions.h")
    return files


def r_tables(questions: list[Question], header: str) -> str:
    """For options.c: the fields of each struct, and the function that answers its question with a table."""
    lines = ["/* SPDX-License-Identifier: Apache-2.0 */",
             "/* The options of each question. Written by tools/options.py, and included by options.c: do not edit. */"]
    entries = []
    for q in questions:
        if f"}} {q.struct};" not in header:
            continue
        fields = []
        for o in q.options:
            kind = "WEIGHTS" if o["type"] == "weight" else "WORDS" if o["several"] else R_KINDS.get(o["type"], "WORD")
            fields.append(f"{'LIST' if o['several'] else 'ONE'}({o['name']}, {kind})")
        lines += [f"#define S {q.struct}", f"static const S {q.name}_initial = {q.struct.upper()}_INIT;",
                  f"static const field {q.name}_fields[] = {{{', '.join(fields)}}};", "#undef S"]
        ask = "NULL"
        if re.search(rf"CW_CALL cw_{q.name}\(const cw_initiative\* initiative, const {q.struct}\* options, cw_table\*\* out,\s+cw_error", header):
            ask = f"ask_{q.name}"
            lines += [f"static int32_t {ask}(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {{",
                      f"  return cw_{q.name}(i, o, out, err);", "}"]
        progress = f"offsetof({q.struct}, progress)" if q.progress else "0"
        entries.append(f"OPTIONS({q.name}, {progress}, {ask})")
    return "\n".join([*lines, f"static const option_list lists[] = {{OPTIONS(info, 0, NULL), {', '.join(entries)}}};", ""])


# ---- documentation -------------------------------------------------------------------------------

PAGE = """# Options

Every option has one name in every language. The command line writes it with hyphens (`--as-of`), C, Python and R with underscores (`as_of`; in
Python `from` is `from_`, as the language keeps the word). An option that may be given several times is named in the singular, for one of what it
takes: the command line repeats it (`--group a --group b`; where the table has LIST or KIND also `--edge a,b`), Python and R take one or a list, C a
list and its length (`group`, `n_group`). A name in the plural is a number of things (`--reporters 50`), or one set of them (`--rules nhs`).

The same word means the same everywhere: `from` and `to` are periods, `as_of` and `compare` are days, `show` chooses the table, `format` the form of
the output, `flat` is a share.

These tables are written by `tools/options.py` from the lists in `src/answers`. `commonweal options` prints the lists as JSON.
"""


def page(questions: list[Question]) -> str:
    lines = [PAGE]
    for q in questions:
        lines += [f"## {'analyze ' if q.analysis else ''}{q.name}", "", f"{q.meaning}.", "", "| option | takes | default | meaning |", "|---|---|---|---|"]
        for o in q.options:
            words = ", ".join(f"`{w}`" for w in o["words"]) if o["name"] not in ("node", "edge") else f"a kind of {o['name']}"
            takes = words or {"flag": "", "number": "a number", "whole": "a whole number", "period": "a period", "day": "a day", "id": "an id",
                              "text": "text", "weight": f"`{o['label']}`", "rows": "a table; on the command line a CSV file"}[o["type"]]
            default = "" if o["default"] in (None, False) else f"`{o['default']}`"
            lines.append(f"| `{o['name']}` | {takes}{'; several' if o['several'] else ''} | {'required' if o['required'] else default} | {o['meaning']} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    if shutil.which("clang-format-14") is None:
        print("clang-format-14 is not installed", file=sys.stderr)
        return 77
    listed = json.loads(subprocess.run([sys.argv[1], "options"], capture_output=True, text=True, check=True).stdout)
    questions = [Question(q) for q in listed]
    header = c_header(questions)
    files = {
        HEADER: header,
        ROOT / "capi/src/option_layouts.inc": c_layouts(questions, header),
        ROOT / "capi/src/analyses.inc": c_analyses(questions),
        **py_files(questions),
        **r_files(questions, header),
        ROOT / "docs/options.md": page(questions),
    }
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[2:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not what the options say: run tools/options.py PROGRAM", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_text(files[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
