// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of columns and tables.
#include <commonweal/core/detail/column_impl.hpp>
#include <commonweal/core/detail/table_impl.hpp>
