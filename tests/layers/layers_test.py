# SPDX-License-Identifier: Apache-2.0
"""The layers test itself: it sees an include that points up, a room without a row, and a row without a room."""
import pathlib
import tempfile
import unittest

import layers

TABLE = """# Rooms

| room | holds | may use |
|---|---|---|
| core | small things | std |
| network | the graph | core |
| capi | the C interface | all above |

text
"""


class Layers(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.root = pathlib.Path(place.name)
        (self.root / "CONTRIBUTING.md").write_text(TABLE)
        self.file("include/commonweal/core/a.hpp", "#include <vector>\n")
        self.file("include/commonweal/network/b.hpp", "#include <commonweal/core/a.hpp>\n")
        self.file("capi/src/c.cpp", "#include <commonweal/network/b.hpp>\n")

    def file(self, path: str, text: str):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def test_includes_that_point_down_pass(self):
        self.assertEqual(layers.violations(self.root), [])

    def test_an_include_that_points_up_is_named(self):
        self.file("src/core/a.cpp", '#include "network/b_detail.hpp"\n')
        self.file("src/network/b_detail.hpp", "")
        self.assertEqual(layers.violations(self.root), ["src/core/a.cpp includes network/b_detail.hpp: core may not use network"])
        self.file("include/commonweal/core/detail/x.hpp", "  #  include <commonweal/network/b.hpp>\n")
        self.assertEqual(len(layers.violations(self.root)), 2)

    def test_a_room_without_a_row_and_a_row_without_a_room_are_named(self):
        self.file("include/commonweal/kitchen/k.hpp", "")
        (self.root / "capi/src/c.cpp").unlink()
        wrong = layers.violations(self.root)
        self.assertEqual(len(wrong), 2)
        self.assertIn("kitchen", wrong[0])
        self.assertIn("capi", wrong[1])

    def test_a_table_that_lets_a_room_use_a_later_one_is_refused(self):
        (self.root / "CONTRIBUTING.md").write_text(TABLE.replace("| small things | std |", "| small things | network |"))
        with self.assertRaises(SystemExit):
            layers.violations(self.root)


if __name__ == "__main__":
    unittest.main()
