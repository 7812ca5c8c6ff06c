# SPDX-License-Identifier: Apache-2.0
"""The typed graph of an initiative: its shape, and its way to graph libraries."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as xml
from typing import TYPE_CHECKING, Any, Optional

from . import _abi as abi
from ._calls import take_buffer
from ._contents import Contents
from ._help import helpful_class
from ._native import library
from ._options import Day, Words, options
from ._progress import Progress
from .table import Table, call

if TYPE_CHECKING:
    import igraph
    import networkx

_GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
_Nodes = list[tuple[str, dict[str, Any]]]
_Edges = list[tuple[str, str, dict[str, Any]]]


def _typed(given: dict[str, str], schema: dict[str, str]) -> dict[str, Any]:
    """Attributes of a graph file, which are text, as what they are in their table."""
    read: dict[str, Any] = {"float64": float, "int64": int, "boolean": "true".__eq__, "date": datetime.date.fromisoformat}
    return {name: read.get(schema.get(name, "utf8"), str)(text) for name, text in given.items()}


@helpful_class
class Network:
    """`initiative.network`. Everywhere:

    - node, edge: kinds to look at ("person", "organization"; "member_of", "communicates_with"). Without kinds the measures look at
      the ties of partners (communicates_with and member_of among persons, organizations and groups), exports at everything.
    - as_of: the day whose ties count; by default `Initiative.default_day` for measures, all of time for exports.

    >>> import commonweal as cw
    >>> care = cw.load("docs/initiatives/communities-that-care")
    >>> care.network.whole().head(3).to_records()
    [{'measure': 'nodes', 'value': 20.0}, {'measure': 'edges', 'value': 0.0}, {'measure': 'density', 'value': 0.0}]
    """

    __slots__ = ("_of",)

    def __init__(self, of: Contents) -> None:
        self._of = of

    def structure(
        self,
        show: str = "whole",
        *,
        node: Optional[Words] = None,
        edge: Optional[Words] = None,
        as_of: Optional[Day] = None,
        compare: Optional[Day] = None,
        sources: int = 0,
        seed: int = 1,
        progress: Optional[Progress] = None,
    ) -> Table:
        """One of the tables of `commonweal structure`.

        Args:
            show: which table: whole, nodes, bridges, mixing, without_backbone, trust, group_trust, changes.
            node: kind of node (default: person,organization,group).
            edge: kind of edge that is a tie (default: communicates_with,member_of).
            as_of: ties in force on this day (default: the last day with data).
            compare: changes: the earlier day.
            sources: whole, nodes: estimate paths from this many nodes; 0: from all.
            seed: whole, nodes: seed of drawing them.
            progress: called with the share done (0 to 1) and what is being done. What it raises ends the work.
        """
        given = options(abi.cw_structure_options, locals())
        return self._of._answer(library.cw_structure, options=given, progress=progress)

    def whole(self, **options: Any) -> Table:
        """Size, density, centralization, clustering, paths: measure, value."""
        return self.structure("whole", **options)

    def nodes(self, **options: Any) -> Table:
        """Degree, betweenness, closeness, core and component of each node."""
        return self.structure("nodes", **options)

    def bridges(self, **options: Any) -> Table:
        """Ties whose loss parts the network."""
        return self.structure("bridges", **options)

    def mixing(self, **options: Any) -> Table:
        """Ties within and between sectors."""
        return self.structure("mixing", **options)

    def without_backbone(self, **options: Any) -> Table:
        """What is left when the backbone leaves."""
        return self.structure("without_backbone", **options)

    def trust(self, **options: Any) -> Table:
        """Trust ratings between partners, and whether they are returned."""
        return self.structure("trust", **options)

    def group_trust(self, **options: Any) -> Table:
        """Trust within each group."""
        return self.structure("group_trust", **options)

    def changes(self, compare: Day, as_of: Day, **options: Any) -> Table:
        """What came and went between two days."""
        return self.structure("changes", compare=compare, as_of=as_of, **options)

    # ---- out
    def to_text(
        self,
        format: str = "dot",
        *,
        node: Optional[Words] = None,
        edge: Optional[Words] = None,
        as_of: Optional[Day] = None,
    ) -> str:
        """The graph with all attributes as text: "dot" (Graphviz), "graphml" (networkx, igraph) or "gexf" (Gephi).

        Args:
            format: form of the file: dot, graphml, gexf.
            node: kind of node (default: all).
            edge: kind of edge (default: all).
            as_of: nodes and edges in force on this day (default: of all time).
        """
        return take_buffer(call(library.cw_export, self._of, options(abi.cw_export_options, locals()))).decode()

    def _graph(self, node: Optional[Words], edge: Optional[Words], as_of: Optional[Day]) -> tuple[_Nodes, _Edges]:
        """Nodes and edges as the library selects them, with attributes of the types that their tables have; blanks are left out."""
        root = xml.fromstring(self.to_text("graphml", node=node, edge=edge, as_of=as_of))
        names = {key.get("id"): str(key.get("attr.name")) for key in root.iterfind(f"{_GRAPHML}key")}

        def attributes(element: xml.Element) -> dict[str, str]:
            return {names[data.get("key")]: data.text for data in element.iterfind(f"{_GRAPHML}data") if data.text}

        kinds = {str(row["table"]): row["kind"] for row in self._of.tables}
        schemas = {name: self._of[name].schema for name, kind in kinds.items() if kind != "records"}
        home = {node: name for name, kind in kinds.items() if kind == "nodes" for node in self._of[name]["id"]}
        ids, found, ties = {}, [], []
        for element in root.iter(f"{_GRAPHML}node"):
            given = attributes(element)
            ident = ids[element.get("id")] = given.pop("id")
            found.append((ident, _typed(given, schemas[home[ident]])))
        for element in root.iter(f"{_GRAPHML}edge"):
            given = attributes(element)
            typed = _typed(given, schemas[given["edge_kind"]])
            ties.append((ids[element.get("source")], ids[element.get("target")], typed))
        return found, ties

    def to_networkx(
        self, *, node: Optional[Words] = None, edge: Optional[Words] = None, as_of: Optional[Day] = None
    ) -> networkx.MultiDiGraph[Any]:
        """A networkx.MultiDiGraph with the ids as nodes.

        Attributes are `label`, `node_kind`, `edge_kind` and the further columns, as numbers, truth, days and text; blanks are left out.
        """
        import networkx

        found, ties = self._graph(node, edge, as_of)
        graph: Any = networkx.MultiDiGraph()
        graph.add_nodes_from(found)
        graph.add_edges_from(ties)
        return graph

    def to_igraph(
        self, *, node: Optional[Words] = None, edge: Optional[Words] = None, as_of: Optional[Day] = None
    ) -> igraph.Graph:
        """A directed igraph.Graph with the ids as vertex attribute "name", so that `graph.vs.find("council")` works.

        Attributes as in `to_networkx`; blanks are None.
        """
        import igraph

        found, ties = self._graph(node, edge, as_of)
        place = {node: i for i, (node, _) in enumerate(found)}
        graph = igraph.Graph(len(found), [(place[a], place[b]) for a, b, _ in ties], directed=True)
        graph.vs["name"] = [node for node, _ in found]
        for sequence, rows in ((graph.vs, [given for _, given in found]), (graph.es, [given for _, _, given in ties])):
            for name in sorted({name for given in rows for name in given}):
                sequence[name] = [given.get(name) for given in rows]
        return graph

    def __repr__(self) -> str:
        return f"<Network of {self._of!r}>"
