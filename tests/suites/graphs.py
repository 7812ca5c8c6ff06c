# SPDX-License-Identifier: Apache-2.0
"""Reads exported graphs with networkx, igraph and Graphviz, and compares them with the folder's own CSV files."""
import csv
import pathlib
import shutil
import subprocess
import sys

import igraph
import networkx

exported, folder = map(pathlib.Path, sys.argv[1:])
NODES = ["people", "organizations", "groups", "goals", "strategies", "activities", "indicators"]
RECORDS = {"observations", "targets", "urgency"}

nodes, edges = {}, []
for path in sorted(folder.glob("*.csv")):
    with open(path, newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if path.stem in NODES:
                nodes[row["id"]] = row
            elif path.stem not in RECORDS:
                edges.append((path.stem, row["from"], row["to"]))
edges.sort()
counts = {"passed": 0, "failed": 0, "skipped": 0}


def check(what, found, expected):
    good = found == expected
    counts["passed" if good else "failed"] += 1
    if not good:
        print(f"FAILED: {what}: {str(found)[:300]} should be {str(expected)[:300]}")


graph = networkx.read_graphml(exported / "gain.graphml", force_multigraph=True)
names = networkx.get_node_attributes(graph, "id") or {n: n for n in graph}
check("networkx, GraphML: nodes", sorted(names.values()), sorted(nodes))
check("networkx, GraphML: edges", sorted((d["edge_kind"], names[a], names[b]) for a, b, d in graph.edges(data=True)), edges)
check("networkx, GraphML: a name", {names[n]: d["label"] for n, d in graph.nodes(data=True)}["bill-foege"], "Bill Foege")

graph = networkx.read_gexf(exported / "gain.gexf")
check("networkx, GEXF: nodes", sorted(graph), sorted(nodes))
check("networkx, GEXF: edges", sorted((d["kind"], a, b) for a, b, d in graph.edges(data=True)), edges)
anchors = [d["anchor"] for _, _, d in graph.edges(data=True) if d["kind"] == "funds"]
check("networkx, GEXF: a boolean stays one", anchors, [True, True, True])

graph = igraph.Graph.Read_GraphML(str(exported / "gain.graphml"))
key = "id" if set(graph.vs["id"]) == set(nodes) else "label"
check("igraph, GraphML: size", (graph.vcount(), graph.ecount()), (len(nodes), len(edges)))
check("igraph, GraphML: kinds of edge", sorted(graph.es["edge_kind"]), sorted(k for k, _, _ in edges))

names = ['a\\" URL=<javascript:alert(1)>];//', "bell \ufffd & <b>", "two\nlines \\", "graph"]
graph = networkx.read_graphml(exported / "hostile.graphml", force_multigraph=True)
check("networkx, GraphML: hostile names", [d["label"] for _, d in graph.nodes(data=True)], names)
check("networkx, GraphML: a column named as ours", [d.get("data_label") for _, d in graph.nodes(data=True)][0], "mine")
check("networkx, GraphML: hostile edges", graph.number_of_edges(), 3)
graph = networkx.read_gexf(exported / "hostile.gexf")
check("networkx, GEXF: hostile names", [d["label"] for _, d in graph.nodes(data=True)], names)
check("networkx, GEXF: hostile ids", list(graph), ["node", "c\ufffd", "c\ufffd_", "graph"])
graph = igraph.Graph.Read_GraphML(str(exported / "hostile.graphml"))
check("igraph, GraphML: hostile names", graph.vs["label"], names)

if shutil.which("dot"):
    done = subprocess.run(["dot", "-Tsvg", exported / "hostile.dot"], capture_output=True, encoding="utf-8")
    check("Graphviz, DOT: hostile file", (done.returncode, done.stderr), (0, ""))
    check("Graphviz, DOT: links of a picture", "href" in done.stdout, False)
    check("Graphviz, DOT: hostile nodes", done.stdout.count('class="node"'), 4)
    done = subprocess.run(["dot", "-Tplain", exported / "gain.dot"], capture_output=True, encoding="utf-8")
    lines = [line.split()[0] for line in done.stdout.splitlines() if line.strip()]
    check("Graphviz, DOT: nodes and edges", (lines.count("node"), lines.count("edge")), (len(nodes), len(edges)))
else:
    counts["skipped"] += 1
    print("skipped: Graphviz is not installed")

print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
sys.exit(counts["failed"] > 0)
