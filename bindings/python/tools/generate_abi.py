#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write src/commonweal/_abi.py, the ctypes declarations, from capi/include/commonweal.h.

    python tools/generate_abi.py            # writes it
    python tools/generate_abi.py --check    # fails where it is not what the header says

The header keeps to few forms. What is none of them is an error: nothing is passed over in silence.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent.parent
HEADER = PACKAGE.parent.parent / "capi" / "include" / "commonweal.h"
OUTPUT = PACKAGE / "src" / "commonweal" / "_abi.py"

SCALARS = {
    "void": "None",
    "int": "ctypes.c_int",
    "double": "ctypes.c_double",
    "size_t": "ctypes.c_size_t",
    "uint8_t": "ctypes.c_uint8",
    "int32_t": "ctypes.c_int32",
    "uint32_t": "ctypes.c_uint32",
    "int64_t": "ctypes.c_int64",
    "uint64_t": "ctypes.c_uint64",
}
NAME = r"[A-Za-z_]\w*"


class Parameter(NamedTuple):
    type: str
    name: str


class Function(NamedTuple):
    name: str
    returns: str
    parameters: list[Parameter]


class Header:
    """What the header declares, in its order."""

    def __init__(self, text: str) -> None:
        self.constants: dict[str, int] = {}
        self.opaque: list[str] = []
        self.callbacks: dict[str, tuple[str, list[Parameter]]] = {}
        self.structs: dict[str, list[Parameter]] = {}
        self.defaults: dict[str, dict[str, str]] = {}
        self.functions: list[Function] = []
        self._forward: set[str] = set()
        text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S).replace("\\\n", " ")
        # Text between #ifdef __cplusplus and its #endif is for C++ alone.
        text = re.sub(r"#ifdef __cplusplus\n.*?#endif", " ", text, flags=re.S)
        initializers = self._defines(text)
        self._declarations(re.sub(r"^\s*#.*$", "", text, flags=re.M))
        for name, values in initializers.items():
            self._initializer(name, values)

    def _defines(self, text: str) -> dict[str, str]:
        out = {}
        for name, value in re.findall(r"^#define (\w+)[ \t]+(.*?)[ \t]*$", text, flags=re.M):
            if re.fullmatch(r"\d+", value):
                self.constants[name] = int(value)
            elif value == "INT64_MIN":
                self.constants[name] = -(2**63)
            elif name.endswith("_INIT"):
                out[name] = value
        return out

    def _declarations(self, text: str) -> None:
        forms = [
            (r"static inline [^{;]*", self._inline),
            (rf"struct ({NAME}) \{{(.*?)\}};", self._struct),
            (r"enum \{(.*?)\};", self._enum),
            (rf"typedef struct ({NAME}) ({NAME});", self._opaque),
            (rf"typedef struct ({NAME}) \{{(.*?)\}} ({NAME});", self._struct),
            (rf"typedef ([\w\s]+?) ?\(\*({NAME})\)\((.*?)\);", self._callback),
            (rf"CW_CALL ({NAME})\(([^()]*)\) CW_NOEXCEPT;", self._call),
            (rf"CW_GET\(([^()]*)\) ({NAME})\(([^()]*)\) CW_NOEXCEPT;", self._get),
        ]
        text = re.sub(r"\s+", " ", text).strip()
        while text:
            for pattern, take in forms:
                if found := re.match(pattern, text):
                    text = take(found, text[found.end() :]).lstrip()
                    break
            else:
                raise SystemExit(f"{HEADER.name}: cannot read: {text[:120]}")

    def _inline(self, found: re.Match[str], rest: str) -> str:
        depth = 0
        for at, character in enumerate(rest):
            depth += {"{": 1, "}": -1}.get(character, 0)
            if character == "}" and depth == 0:
                return rest[at + 1 :]
        raise SystemExit(f"no end: {found[0]}")

    def _enum(self, found: re.Match[str], rest: str) -> str:
        for item in found[1].strip(" ,").split(","):
            name, value = item.split("=")
            self.constants[name.strip()] = int(value)
        return rest

    def _opaque(self, found: re.Match[str], rest: str) -> str:
        self.opaque.append(found[2])
        return rest

    def _struct(self, found: re.Match[str], rest: str) -> str:
        name = found[1]
        self._forward.add(name)
        self.structs[name] = []
        members = []
        for member in filter(None, (m.strip() for m in found[2].split(";"))):
            if pointer := re.fullmatch(rf"(.+?) ?\(\*({NAME})\)\((.*)\)", member):
                returns, called, parameters = pointer.groups()
                types = [self.type_of(p.type) for p in self._parameters(parameters)]
                members.append(Parameter(f"ctypes.CFUNCTYPE({', '.join([self.type_of(returns), *types])})", called))
            else:
                one = self._parameter(member)
                members.append(Parameter(self.type_of(one.type), one.name))
        self.structs[name] = members
        return rest

    def _callback(self, found: re.Match[str], rest: str) -> str:
        self.callbacks[found[2]] = (found[1].strip(), self._parameters(found[3]))
        return rest

    def _call(self, found: re.Match[str], rest: str) -> str:
        self.functions.append(Function(found[1], "int32_t", self._parameters(found[2])))
        return rest

    def _get(self, found: re.Match[str], rest: str) -> str:
        self.functions.append(Function(found[2], found[1], self._parameters(found[3])))
        return rest

    def _parameters(self, text: str) -> list[Parameter]:
        text = text.strip()
        return [] if text in ("", "void") else [self._parameter(p) for p in text.split(",")]

    @staticmethod
    def _parameter(text: str) -> Parameter:
        found = re.fullmatch(rf"(.*?[*\s])({NAME})", text.strip())
        if found is None or found[1].strip() in ("struct", "const"):
            return Parameter(text.strip(), "")  # a type without a name
        return Parameter(found[1].strip(), found[2])

    def _initializer(self, macro: str, value: str) -> None:
        name = macro[: -len("_INIT")].lower()
        fields = self.structs[name]
        values = [v.strip() for v in value.strip("{} ").replace("(uint32_t)sizeof", "sizeof").split(",")]
        if len(values) != len(fields):
            raise SystemExit(f"{macro} has {len(values)} values for {len(fields)} members of {name}")
        out = {}
        for member, given in zip(fields, values):
            if given.startswith("sizeof"):
                out[member.name] = f"ctypes.sizeof({name})"
            elif given in self.constants:
                out[member.name] = str(self.constants[given])
            elif given not in ("0", "0.0", "NULL", "CW_BLANK"):
                out[member.name] = given
        self.defaults[name] = out

    def type_of(self, c: str) -> str:
        """The ctypes expression for a C type."""
        words = re.sub(r"\b(const|struct)\b", " ", c).replace("*", " * ").split()
        base, stars = words[0], len(words) - 1
        if words[1:] != ["*"] * stars:
            raise SystemExit(f"cannot read the type: {c}")
        if base == "char" and stars:
            out, stars = "ctypes.c_char_p", stars - 1
        elif base == "void" and stars:
            out, stars = "ctypes.c_void_p", stars - 1
        elif base in SCALARS:
            out = SCALARS[base]
        elif base in self.structs or base in self.opaque or base in self.callbacks or base in self._forward:
            out = base
        else:
            raise SystemExit(f"an unknown type: {c}")
        for _ in range(stars):
            out = f"P({out})"
        return out


def render(header: Header) -> str:
    """The module's text."""
    lines = [
        "# SPDX-License-Identifier: Apache-2.0",
        '"""The C interface as ctypes sees it. Made from commonweal.h by tools/generate_abi.py: do not edit."""',
        "",
        "# fmt: off",
        "from __future__ import annotations",
        "",
        "import ctypes",
        "from ctypes import POINTER as P",
        "from typing import Any",
        "",
    ]
    lines += [f"{name} = {value}" for name, value in header.constants.items()]
    lines.append("")
    for name in [*header.opaque, *header.structs]:
        lines += ["", f"class {name}(ctypes.Structure):", f'    """struct {name}."""', ""]
    lines.append("")
    for name, (returns, parameters) in header.callbacks.items():
        types = [header.type_of(t) for t in (returns, *(p.type for p in parameters))]
        lines += [f"{name} = ctypes.CFUNCTYPE({', '.join(types)})", ""]
    for name, fields in header.structs.items():
        lines.append(f"{name}._fields_ = [")
        lines += [f'    ("{f.name}", {f.type}),' for f in fields]
        lines += ["]", ""]
    for name, values in header.defaults.items():
        given = ", ".join(f"{member}={value}" for member, value in values.items())
        lines += [
            "",
            f"def init_{name}(**members: Any) -> {name}:",
            f'    """{name.upper()}_INIT, and then the members given."""',
            f"    return {name}(**{{**dict({given}), **members}})",
            "",
        ]
    lines += ["", "FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {"]
    for f in header.functions:
        types = ", ".join(header.type_of(p.type) for p in f.parameters)
        lines.append(f'    "{f.name}": ({header.type_of(f.returns)}, [{types}]),')
    lines += [
        "}",
        "",
        "",
        "def declare(library: Any) -> None:",
        '    """Tell ctypes what each function takes and gives; AttributeError where the library lacks one."""',
        "    for name, (returns, takes) in FUNCTIONS.items():",
        "        function = getattr(library, name)",
        "        function.restype = returns",
        "        function.argtypes = takes",
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    text = render(Header(HEADER.read_text(encoding="utf-8")))
    if "--check" not in sys.argv[1:]:
        OUTPUT.write_text(text, encoding="utf-8")
        return 0
    if OUTPUT.exists() and OUTPUT.read_text(encoding="utf-8") == text:
        return 0
    print(f"{OUTPUT.name} is not what {HEADER.name} says: run {Path(__file__).name}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
