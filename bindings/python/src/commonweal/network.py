# SPDX-License-Identifier: Apache-2.0
"""The typed graph of an initiative: its shape, and its way to graph libraries."""

from __future__ import annotations

import ctypes
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from . import _abi as abi
from ._native import Day, InvalidArgument, Words, call, day, encoded, library, pointer, take_buffer, texts, words
from .table import Table

if TYPE_CHECKING:
    import igraph
    import networkx

    from .initiative import Initiative


def _view(
    nodes: Optional[Words], edges: Optional[Words], as_of: Optional[Day], compare: Optional[Day], sources: int, seed: int
) -> Any:
    if sources < 0 or seed < 0:
        raise InvalidArgument("sources and seed are not below zero")
    node_words, n_nodes = texts(words(nodes, "nodes"), "nodes")
    edge_words, n_edges = texts(words(edges, "edges"), "edges")
    return abi.init_cw_view_options(
        nodes=node_words,
        n_nodes=n_nodes,
        edges=edge_words,
        n_edges=n_edges,
        as_of=day(as_of, "as_of"),
        compare=day(compare, "compare"),
        sources=sources,
        seed=seed,
    )


class Network:
    """`initiative.network`. Everywhere:

    - nodes, edges: kinds to look at ("person", "organization"; "member_of", "communicates_with"). Without kinds the measures look at
      the ties of partners (communicates_with and member_of among persons, organizations and groups), exports at everything.
    - as_of: the day whose ties count; by default the last day with data for measures, all of time for exports.

    >>> import commonweal as cw
    >>> care = cw.load("docs/initiatives/communities-that-care")
    >>> care.network.whole().head(3).to_records()
    [{'measure': 'nodes', 'value': 20.0}, {'measure': 'edges', 'value': 0.0}, {'measure': 'density', 'value': 0.0}]
    """

    __slots__ = ("_of",)

    def __init__(self, of: Initiative) -> None:
        self._of = of

    def structure(
        self,
        what: str = "whole",
        *,
        nodes: Optional[Words] = None,
        edges: Optional[Words] = None,
        as_of: Optional[Day] = None,
        compare: Optional[Day] = None,
        sources: int = 0,
        seed: int = 1,
    ) -> Table:
        """One of the tables of `commonweal structure`.

        Args:
            what: whole, nodes, bridges, mixing, without_backbone, trust, group_trust, changes.
            compare: of changes, the earlier day.
            sources: of whole and nodes, estimate paths from this many nodes; 0 takes all.
            seed: of drawing them.
        """
        options = _view(nodes, edges, as_of, compare, sources, seed)
        out, name = pointer(abi.cw_table), encoded(what, "what")
        call(library.cw_structure, self._of._handle, name, len(name), ctypes.byref(options), ctypes.byref(out))
        return Table._own(out)

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
        self, format: str = "dot", *, nodes: Optional[Words] = None, edges: Optional[Words] = None, as_of: Optional[Day] = None
    ) -> str:
        """The graph with all attributes as text: "dot" (Graphviz), "graphml" (networkx, igraph) or "gexf" (Gephi)."""
        options = _view(nodes, edges, as_of, None, 0, 1)
        out, name = pointer(abi.cw_buffer), encoded(format, "format")
        call(library.cw_graph, self._of._handle, name, len(name), ctypes.byref(options), ctypes.byref(out))
        return take_buffer(out).decode()

    def to_networkx(
        self, *, nodes: Optional[Words] = None, edges: Optional[Words] = None, as_of: Optional[Day] = None
    ) -> networkx.MultiDiGraph[Any]:
        """A networkx.MultiDiGraph with the ids as nodes, and all attributes."""
        import networkx

        text = self.to_text("graphml", nodes=nodes, edges=edges, as_of=as_of)
        return networkx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)

    def to_igraph(
        self, *, nodes: Optional[Words] = None, edges: Optional[Words] = None, as_of: Optional[Day] = None
    ) -> igraph.Graph:
        """An igraph.Graph, directed, with the ids as vertex attribute "id", and all attributes."""
        import igraph

        text = self.to_text("graphml", nodes=nodes, edges=edges, as_of=as_of)
        with tempfile.TemporaryDirectory() as folder:  # igraph reads files alone
            path = Path(folder) / "network.graphml"
            path.write_text(text, encoding="utf-8")
            return igraph.Graph.Read_GraphML(str(path))

    def __repr__(self) -> str:
        return f"<Network of {self._of!r}>"
