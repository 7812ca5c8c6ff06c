#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the includes of every file and fails on one that points up the list of rooms in CONTRIBUTING.md.

usage: layers.py ROOT
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def rooms_of(text: str) -> dict[str, set[str]]:
    """The table that begins with `| room |`: what each room may use. "all above" is every row before it."""
    rooms: dict[str, set[str]] = {}
    table = text[text.index("| room |") :].split("\n\n")[0].splitlines()[2:]
    for line in table:
        name, _, uses = (cell.strip() for cell in line.strip().strip("|").split("|"))
        before = set(rooms)
        allowed: set[str] = set()
        for word in uses.split(","):
            word = word.strip().strip("`")
            if word == "all above":
                allowed |= before
            elif word and word not in ("std", "Boost", "Eigen", "-"):
                if word not in before:
                    raise SystemExit(f"CONTRIBUTING.md: {name} may use {word}, which is no room above it")
                allowed.add(word)
        rooms[name.strip("`")] = allowed
    return rooms


def room_of(path: str) -> str:
    """include/commonweal/ROOM/..., src/ROOM/..., capi/...; a header of include/commonweal itself is the room of its name."""
    parts = path.split("/")
    if parts[0] == "include":
        return parts[2] if len(parts) > 3 else parts[2].removesuffix(".hpp")
    return parts[1] if parts[0] == "src" else parts[0]


def target_of(path: str, bracket: str, included: str, root: pathlib.Path) -> str | None:
    """The file of the project that an include names; None for one of other libraries."""
    if included.startswith("commonweal/"):
        return "include/" + included
    if bracket == "<":
        return None
    beside = pathlib.PurePosixPath(path).parent / included
    for candidate in (str(beside), "src/" + included, "capi/src/" + included):
        if (root / candidate).is_file():
            return candidate
    return None


def violations(root: pathlib.Path) -> list[str]:
    rooms = rooms_of((root / "CONTRIBUTING.md").read_text())
    found = []
    seen = set()
    files = [f for top in ("include", "src", "capi") for f in (root / top).rglob("*") if f.suffix in (".hpp", ".cpp", ".h")]
    for file in sorted(files):
        path = file.relative_to(root).as_posix()
        room = room_of(path)
        seen.add(room)
        if room not in rooms:
            found.append(f"{path}: the room {room} is not in the table of CONTRIBUTING.md")
            continue
        for bracket, included in INCLUDE.findall(file.read_text()):
            target = target_of(path, bracket, included, root)
            if target is None:
                continue
            to = room_of(target)
            if to != room and to not in rooms[room]:
                found.append(f"{path} includes {included}: {room} may not use {to}")
    found += [f"CONTRIBUTING.md has a room {room} that no file is in" for room in rooms if room not in seen]
    return found


if __name__ == "__main__":
    wrong = violations(pathlib.Path(sys.argv[1]))
    print("\n".join(wrong) or "every include points down")
    sys.exit(bool(wrong))
