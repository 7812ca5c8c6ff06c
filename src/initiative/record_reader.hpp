// SPDX-License-Identifier: Apache-2.0
// Targets and the tables kept as they came: completed by the schema, checked against the network and one another.
#pragma once

#include <map>
#include <set>
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

class target_reader {
 public:
  explicit target_reader(const network& net) : net_(net) {}
  /// REQUIRES: the columns and types of the schema.
  void append(const table& rows, const origin& from, diagnostics& found);
  /// Sorted by (indicator, of, kind, period).
  [[nodiscard]] std::vector<target> finish(diagnostics& found);

 private:
  struct placed {
    target what;
    std::uint64_t number;
  };
  const network& net_;
  std::vector<placed> targets_;
  row_origins origins_;
};

class record_reader {
 public:
  explicit record_reader(const network& net) : net_(net) {}
  /// REQUIRES: for a file of the model, the columns and types of the schema.
  void append(std::string_view file, const table& rows, const origin& from, diagnostics& found);
  [[nodiscard]] record_tables finish(diagnostics& found);

 private:
  struct draft {
    attribute_store columns;
    std::size_t rows = 0;
    row_origins origins;
  };
  void check(std::string_view file, const table& t, const row_origins& origins, const table* meetings,
             diagnostics& found) const;

  const network& net_;
  std::map<std::string, draft, std::less<>> drafts_;
};

} // namespace commonweal::inline v0::detail
