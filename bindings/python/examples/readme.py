# SPDX-License-Identifier: Apache-2.0
# The figures of 2010 of a coalition, as the README's examples in the other languages print them. Run it from the repository's root.
import commonweal as cw

coalition = cw.read_folder("docs/initiatives/communities-that-care")
figures = coalition.rollup(group="coordinating-council", from_=2010)
for row in figures:
    print(row["indicator"], f"{row['value']:g}")
