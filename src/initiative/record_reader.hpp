// SPDX-License-Identifier: Apache-2.0
// Tables of records: completed by the schema, checked by it against the network and one another, and kept as they came.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <commonweal/core/table.hpp>
#include <commonweal/measure/measures.hpp>
#include <commonweal/measure/record_tables.hpp>
#include <commonweal/network/network.hpp>
#include <commonweal/network/network_builder.hpp>

#include "initiative/row_origins.hpp"

namespace commonweal::inline v0::detail {

class record_reader {
 public:
  explicit record_reader(const network& net) : net_(net) {}
  /// Checks the rows by themselves. REQUIRES: for a file of the model, the columns and types of the schema.
  void append(std::string_view file, const table& rows, const origin& from, diagnostics& found);
  /// Checks what only whole tables show, against the panels of `data` too, whose targets it sets.
  [[nodiscard]] record_tables finish(measures& data, diagnostics& found);

 private:
  struct draft {
    attribute_store columns;
    std::size_t rows = 0;
    row_origins origins;
  };
  /// Sorted by (indicator, of, kind, period). Rows that broke a rule are left out.
  [[nodiscard]] std::vector<target> targets(const table& rows, const row_origins& origins, diagnostics& found) const;

  const network& net_;
  std::map<std::string, draft, std::less<>> drafts_;
};

} // namespace commonweal::inline v0::detail
