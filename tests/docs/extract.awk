# SPDX-License-Identifier: Apache-2.0
# Takes the programs out of a Markdown page: every ```cpp block with a main() becomes OUT/N.cpp, and the ```text block
# right after it, if there is one, becomes OUT/N.expected. Prints each N.
function close_block() {
  if (kind == "cpp" && body ~ /int main\(/) {
    number++
    printf "%s", body > (OUT "/" number ".cpp")
    print number
    waiting = 1
  } else if (kind == "text" && waiting) {
    printf "%s", body > (OUT "/" number ".expected")
    waiting = 0
  } else {
    waiting = 0
  }
  kind = ""
}
/^```/ { if (inside) { inside = 0; close_block() } else { inside = 1; kind = substr($0, 4); body = "" } next }
inside { body = body $0 "\n" }
