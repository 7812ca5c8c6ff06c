# SPDX-License-Identifier: Apache-2.0
"""The network: its measures, and its way to networkx and igraph."""

from __future__ import annotations

import networkx
import pytest

import commonweal as cw


@pytest.fixture(scope="module")
def forward() -> cw.Initiative:
    return cw.load("docs/initiatives/memphis-fast-forward")


def test_networkx_has_every_node_and_edge(forward):
    graph = forward.network.to_networkx()
    assert isinstance(graph, networkx.MultiDiGraph)
    rows = {r["table"]: (r["kind"], r["rows"]) for r in forward.tables}
    assert graph.number_of_nodes() == sum(n for kind, n in rows.values() if kind == "nodes")
    assert graph.number_of_edges() == sum(n for kind, n in rows.values() if kind == "edges")
    assert set(forward["organizations"]["id"]) <= set(graph.nodes)
    kinds = {k for *_, k in graph.edges(data="edge_kind")}
    assert "part_of" in kinds


def test_igraph_has_the_same(forward):
    igraph = pytest.importorskip("igraph")
    graph = forward.network.to_igraph()
    other = forward.network.to_networkx()
    assert isinstance(graph, igraph.Graph)
    assert graph.is_directed()
    assert (graph.vcount(), graph.ecount()) == (other.number_of_nodes(), other.number_of_edges())
    assert graph.vs["name"] == list(other.nodes)
    for name, given in other.nodes(data=True):
        mine = graph.vs.find(name).attributes()
        assert {k: v for k, v in mine.items() if v is not None and k != "name"} == given
    assert sorted(graph.es["edge_kind"]) == sorted(k for *_, k in other.edges(data="edge_kind"))


def test_attributes_are_what_they_are_in_their_tables(demo):
    graph = demo.network.to_networkx()
    row = demo["indicators"][0]
    given = graph.nodes[row["id"]]
    assert given["label"] == row["name"]
    assert "id" not in given
    amounts = {d["amount"] for *_, d in graph.edges(data=True) if d["edge_kind"] == "funds"}
    assert amounts == set(demo["funds"]["amount"])
    starts = {d.get("start") for *_, d in graph.edges(data=True) if d["edge_kind"] == "member_of"}
    assert starts == set(demo["member_of"]["start"])


def test_kinds_and_days_choose_what_is_shown(forward):
    only = forward.network.to_networkx(node="group", edge="part_of")
    assert only.number_of_nodes() == len(forward["groups"])
    assert {k for *_, k in only.edges(data="edge_kind")} == {"part_of"}
    early = forward.network.to_networkx(as_of="1900-01-01")
    assert early.number_of_nodes() <= forward.network.to_networkx().number_of_nodes()


def test_measures_are_those_of_networkx(demo):
    kinds = ["communicates_with", "member_of"]
    nodes = demo.network.nodes(node=["person", "organization", "group"], edge=kinds, as_of="2021-12-31")
    graph = networkx.Graph(demo.network.to_networkx(node=["person", "organization", "group"], edge=kinds, as_of="2021-12-31"))
    assert dict(zip(nodes["id"], nodes["degree"])) == dict(graph.degree)
    mine = dict(zip(nodes["id"], nodes["betweenness"]))
    theirs = networkx.betweenness_centrality(graph, normalized=True)
    assert mine == pytest.approx(theirs)
    bridges = {frozenset((r["from"], r["to"])) for r in demo.network.bridges(as_of="2021-12-31")}
    assert bridges == {frozenset(edge) for edge in networkx.bridges(graph)}


def test_a_name_for_each_table(demo):
    assert demo.network.whole() == demo.structure("whole")
    for name in ("nodes", "bridges", "mixing", "without_backbone", "trust", "group_trust"):
        assert getattr(demo.network, name)() == demo.structure(name)
    assert demo.network.nodes(sources=10, seed=3).columns == demo.network.nodes().columns
