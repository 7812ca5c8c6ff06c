# SPDX-License-Identifier: Apache-2.0
"""Reads a snapshot by docs/snapshot.md alone, to the last byte, and prints what it found: read_snapshot.py FILE.

Hashes are checked where the xxhash package is installed.
"""
import json
import math
import struct
import sys

try:
    import xxhash
except ImportError:
    xxhash = None

NODE_KINDS = ["person", "organization", "group", "goal", "strategy", "activity", "indicator"]
EDGE_KINDS = ["champions", "funds", "serves_as_backbone", "member_of", "part_of", "linked_with", "employed_by", "pursues",
              "advances", "measured_by", "performs", "implements", "reinforces", "endorses", "communicates_with", "trusts",
              "reports"]


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def get(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values[0] if len(values) == 1 else values

    def numbers(self, n, letter):
        values = struct.unpack_from(f"<{n}{letter}", self.data, self.at)
        self.at += struct.calcsize(f"<{n}{letter}")
        return list(values)

    def raw(self, n):
        assert self.at + n <= len(self.data)
        self.at += n
        return self.data[self.at - n:self.at]

    def bool(self):
        value = self.get("B")
        assert value in (0, 1)
        return value == 1

    def text(self):
        return self.raw(self.get("I")).decode()

    def lengths_and_bytes(self, n):
        return [self.raw(length).decode() for length in self.numbers(n, "I")]

    def texts(self):
        return self.lengths_and_bytes(self.get("Q"))

    def many(self, read):
        return [read() for _ in range(self.get("Q"))]

    def interval(self):
        start, end = self.get("ii")
        assert start < end
        return start, end

    def period(self):
        frequency, ordinal = self.get("Bi")
        assert frequency <= 4
        return frequency, ordinal

    def node(self):
        return tuple(self.get("BI"))

    def column(self, rows):
        name, kind, present = self.text(), self.get("B"), rows
        nulls = self.bool()
        if nulls:
            words = self.numbers((rows + 63) // 64, "Q")
            present = sum(bin(w).count("1") for w in words)
            assert present < rows
        if kind == 2:
            values = self.lengths_and_bytes(present)
        elif kind == 5:
            values = [self.period() for _ in range(present)]
        else:
            values = self.numbers(present, {0: "q", 1: "d", 3: "B", 4: "i"}[kind])
        return name, kind, rows - present, values

    def table(self):
        rows, columns = self.get("QQ")
        return rows, [self.column(rows) for _ in range(columns)]

    def definition(self):
        out = {"node": self.get("I"), "id": self.text(), "name": self.text(), "unit": self.text()}
        self.get("6B")  # kind, direction, over_groups, over_time, order, nature
        out["lead"], out["level"] = self.text(), self.text()
        self.bool(), self.get("B")
        assert math.isfinite(self.get("d"))
        self.text(), self.get("B"), self.get("q"), self.text(), self.text(), self.text()
        assert all(0 <= percent <= 100 for percent in (self.get("d"), self.get("d")))
        return out

    def target(self):
        return self.get("I"), self.node(), self.period(), self.get("d"), self.get("B"), self.text()

    def panel(self):
        indicator, breakdown, first = self.get("I"), self.text(), self.period()
        reporters = self.many(self.node)
        columns = self.get("I")
        cells = len(reporters) * columns
        parts = [self.numbers(cells, "d")]
        parts += [self.numbers(cells, "d") if self.bool() else [] for _ in range(2)]
        suppressed, not_expected = self.many(lambda: self.get("Q")), self.many(lambda: self.get("Q"))
        return indicator, breakdown, first, reporters, columns, parts, suppressed, not_expected


def read(data):
    head = Reader(data)
    assert head.raw(8) == b"\x89CWS\r\n\x1a\n"
    order, version, header, count, payload = head.get("IIIIQ")
    assert (order, version, header, count, payload) == (0x01020304, 2, 40 + 24 * 6, 6, len(data) - header)
    at, parts = header, {}
    for _ in range(count):
        name, length, digest = head.raw(8).rstrip(b"\0").decode(), *head.get("QQ")
        content = data[at:at + length]
        assert xxhash is None or xxhash.xxh3_64_intdigest(content) == digest
        parts[name] = Reader(content)
        at += length
    assert at == len(data)
    assert xxhash is None or xxhash.xxh3_64_intdigest(data[:header - 8]) == head.get("Q")
    assert list(parts) == ["info", "nodes", "edges", "measures", "panels", "records"]

    info, nodes, edges, measures, panels, records = parts.values()
    out = {"name": info.text(), "title": info.text(), "description": info.text(), "synthetic": info.bool(),
           "extra_json": info.text()}
    out["nodes"] = {k: (nodes.texts(), nodes.texts(), nodes.many(nodes.interval), nodes.table()) for k in NODE_KINDS}
    out["edges"] = {}
    for kind in EDGE_KINDS:
        n = edges.get("Q")
        ends = edges.numbers(n, "I"), edges.numbers(n, "I")
        dates = [edges.interval() for _ in range(n)] if edges.bool() else []
        out["edges"][kind] = (ends, dates, edges.table())
    out["indicators"], out["targets"] = measures.many(measures.definition), measures.many(measures.target)
    out["panels"] = panels.many(panels.panel)
    out["records"] = dict(records.many(lambda: (records.text(), records.table())))
    for name, part in parts.items():
        assert part.at == len(part.data), f"{name}: {len(part.data) - part.at} bytes are left"
    return out


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        found = read(file.read())
    # Something of every section, for the test that made the file to recognize.
    for kind, (ids, names, lives, attributes) in found["nodes"].items():
        assert ids == [f"{kind}-{i}" for i in range(len(ids))] and len(names) == len(ids) == attributes[0]
    first = 0
    ranges = {}
    for kind, rows in found["nodes"].items():
        ranges[kind] = range(first, first := first + len(rows[0]))
    for kind, ((tails, heads), dates, attributes) in found["edges"].items():
        assert len(tails) == len(heads) == attributes[0] and len(dates) in (0, len(tails))
        assert list(zip(tails, heads)) == sorted(zip(tails, heads))
    assert all(head in ranges["group"] for head in found["edges"]["member_of"][0][1])
    assert [d["id"] for d in found["indicators"]] == found["nodes"]["indicator"][0]
    assert all(found["nodes"][NODE_KINDS[k]][0][i] for p in found["panels"] for k, i in p[3])
    print(json.dumps({"name": found["name"], "nodes": sum(map(len, ranges.values())),
                      "edges": sum(len(e[0][0]) for e in found["edges"].values()), "panels": len(found["panels"]),
                      "cells": sum(len(p[3]) * p[4] for p in found["panels"]), "targets": len(found["targets"]),
                      "records": {k: t[0] for k, t in found["records"].items()}, "hashes": xxhash is not None}))
