# SPDX-License-Identifier: Apache-2.0
"""commonweal export: whatever names and columns hold stays text in the file, and the file is one that its readers take."""

import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as xml

from support import Case, PROGRAM, environment

HOSTILE = ['a\\" URL=<javascript:alert(1)>];//', "ends with \\", "\\", '"', "<b>bold</b>", "<>", "{a|b}", "\\N \\G \\L \\l",
           "two\nlines", "two\r\nlines", "&lt;script&gt; &#106; R&D", "a];b[URL=x", "node", "tab\there", "]]>", "<!-- -->"]
WORDS = ["node", "Node", "NODE", "edge", "graph", "digraph", "SubGraph", "strict", "a-b", "9a", "-1.5", "a:b:ne", "é", "_"]
# What Graphviz would act on, were it the name of an attribute.
ACTING = ["URL", "href", "target", "tooltip", "shape", "image", "labelURL", "style", "width", "pos", "fontname", "xlabel"]


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def unquoted(token):
    """The text of an identifier of DOT, read as Graphviz reads a label."""
    if not token.startswith('"'):
        return token
    return re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), token[1:-1])


def statements(dot):
    """Nodes and edges of a DOT file as (ends, {attribute: text}); only the grammar that must hold, so that what leaves its place fails."""
    token = r'(?:"(?:[^"\\]|\\.)*"|[A-Za-z_][A-Za-z0-9_]*)'
    line = re.compile(rf"({token})(?:->({token}))? +\[((?:{token}={token}(?:, )?)*)\];")
    rest = dot.removeprefix("digraph G {\n").removesuffix("}\n")
    found = []
    for text in rest.split("\n")[:-1]:
        match = line.fullmatch(text)
        if match is None:
            raise AssertionError(f"no statement of DOT: {text}")
        pairs = re.findall(rf"({token})=({token})", match[3])
        found.append(([unquoted(t) for t in match.group(1, 2) if t], {unquoted(k): unquoted(v) for k, v in pairs}))
    return found


class Graph(Case):
    def initiative(self, name, organizations, columns=("id", "name")):
        rows = "".join(",".join(map(quoted, row)) + "\n" for row in organizations)
        return self.write(name, {"organizations.csv": ",".join(map(quoted, columns)) + "\n" + rows})

    def graphviz(self, dot, form):
        if shutil.which("dot") is None:
            self.skipTest("Graphviz is not installed")
        done = subprocess.run(["dot", f"-T{form}"], input=dot, capture_output=True, encoding="utf-8")
        self.assertEqual((done.returncode, done.stderr), (0, ""), dot)
        return done.stdout

    def test_no_name_leaves_its_place_in_dot(self):
        folder = self.initiative("names", [(f"o{i}", name) for i, name in enumerate(HOSTILE)])
        found = statements(self.ok("export", folder))
        self.assertEqual([ends for ends, _ in found], [[f"o{i}"] for i in range(len(HOSTILE))])
        shown = [attributes["label"].replace("&amp;", "&") for _, attributes in found]
        self.assertEqual(shown, [name.replace("\r\n", "\n") for name in HOSTILE])
        for _, attributes in found:
            self.assertEqual(set(attributes), {"label", "node_kind", "start", "end"})

    def test_no_name_becomes_a_link_of_a_picture(self):
        folder = self.initiative("names", [(f"o{i}", name) for i, name in enumerate(HOSTILE)])
        picture = self.graphviz(self.ok("export", folder), "svg")
        root = xml.fromstring(picture)
        self.assertNotIn("href", picture)
        self.assertEqual(len(root.findall(".//{*}g[@class='node']")), len(HOSTILE))
        texts = ["".join(g.itertext()) for g in root.iterfind(".//{*}g[@class='node']")]
        self.assertTrue(any('a\\" URL=<javascript:alert(1)>];//' in text for text in texts), texts)
        self.assertTrue(any("&lt;script&gt;" in text for text in texts), texts)

    def test_an_id_may_be_any_word_of_dot(self):
        folder = self.initiative("words", [(word, "Org " + word) for word in WORDS + HOSTILE[:4]])
        dot = self.ok("export", folder)
        self.assertEqual([ends[0] for ends, _ in statements(dot)], WORDS + HOSTILE[:4])
        plain = self.graphviz(dot, "plain")
        self.assertEqual(sum(line.startswith("node ") for line in plain.splitlines()), len(WORDS) + 4)

    def test_a_column_of_the_users_own_acts_on_nothing(self):
        columns = ["id", "name", *ACTING, "label", "node_kind", "data_URL", "a b", "x\"]"]
        folder = self.initiative("columns", [["o", "Org", *["javascript:alert(1)"] * (len(columns) - 2)]], columns)
        dot = self.ok("export", folder)
        ((_, attributes),) = statements(dot)
        self.assertEqual((attributes["label"], attributes["node_kind"]), ("Org", "organization"))
        self.assertFalse(set(ACTING) & set(attributes))
        self.assertLessEqual({"data_" + name for name in ACTING}, set(attributes))
        self.assertEqual(len(attributes), len(columns) + 3 - 1)  # the id names the node; label, kind, start and end are ours
        self.assertNotIn("href", self.graphviz(dot, "svg"))

    def test_attributes_have_one_name_each_in_graphml(self):
        folder = self.initiative("columns", [["o", "Org", "mine", "2", "3"]], ["id", "name", "label", "data_label", "URL"])
        root = xml.fromstring(self.ok("export", folder, "--format", "graphml"))
        names = [key.get("attr.name") for key in root.iterfind("{*}key") if key.get("for") == "node"]
        self.assertEqual(len(names), len(set(names)))
        self.assertLessEqual({"label", "data_label", "data_data_label", "URL"}, set(names))

    def test_characters_that_xml_has_no_place_for_are_replaced_and_told_once(self):
        names = ["bad \x01 char", "bell \x07 and \x0b vt", "esc \x1b", "\ufffe nonchar \uffff", "tab\tand\nline"]
        folder = self.initiative("controls", [(f"o{i}", name) for i, name in enumerate(names)] + [("c\x01", "C"), ("c\x02", "D")])
        for form in ["dot", "graphml", "gexf"]:
            done = subprocess.run([PROGRAM, "export", folder, "--format", form], capture_output=True, env=environment(), encoding="utf-8")
            self.assertEqual(done.returncode, 0)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
            self.assertIn("8 characters", done.stderr)
            self.assertNotRegex(done.stdout, "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
            if form == "dot":
                labels = [attributes["label"] for _, attributes in statements(done.stdout)]
                ids = [ends[0] for ends, _ in statements(done.stdout)]
            elif form == "graphml":
                nodes = [{d.get("key"): d.text for d in n} for n in xml.fromstring(done.stdout).iter("{http://graphml.graphdrawing.org/xmlns}node")]
                keys = {k.get("attr.name"): k.get("id") for k in xml.fromstring(done.stdout).iterfind("{*}key") if k.get("for") == "node"}
                labels, ids = [n[keys["label"]] for n in nodes], [n[keys["id"]] for n in nodes]
            else:
                nodes = list(xml.fromstring(done.stdout).iter("{http://www.gexf.net/1.2draft}node"))
                labels, ids = [n.get("label") for n in nodes], [n.get("id") for n in nodes]
            self.assertEqual(labels[:5], [re.sub("[\x01\x07\x0b\x1b\ufffe\uffff]", "\ufffd", name) for name in names], form)
            self.assertEqual(ids[5:], ["c\ufffd", "c\ufffd_"], form)

    def test_what_can_be_written_as_it_is_is_told_of_nowhere(self):
        done = subprocess.run([PROGRAM, "export", self.initiative("plain", [("o", "tab\tand\nline")])], capture_output=True, env=environment())
        self.assertEqual(done.stderr, b"")

    def test_a_file_that_cannot_be_written_is_a_system_error_with_the_reason(self):
        folder = self.initiative("plain", [("o", "Org")])
        self.assertIn("No space left", self.fails(3, "export", folder, "-o", "/dev/full"))
        self.assertIn("nowhere", self.fails(3, "export", folder, "-o", self.folder / "nowhere" / "x.dot"))


if __name__ == "__main__":
    unittest.main()
