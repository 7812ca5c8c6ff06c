// SPDX-License-Identifier: Apache-2.0
// Everything that needs headers only; load.hpp adds reading and writing.
#pragma once

#include <commonweal/initiative.hpp>
#include <commonweal/network/network_builder.hpp>
#include <commonweal/version.hpp>
