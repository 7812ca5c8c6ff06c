// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of the typed graph.
#include <commonweal/network/detail/append_impl.hpp>
#include <commonweal/network/detail/finish_impl.hpp>
#include <commonweal/network/detail/from_parts_impl.hpp>
#include <commonweal/network/detail/network_impl.hpp>
#include <commonweal/network/detail/relation_impl.hpp>
