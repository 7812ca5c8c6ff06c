// SPDX-License-Identifier: Apache-2.0
// A thread that ends inside a callback, as Python ends its daemon threads, unwinds like an exception; whoever catches
// everything has to let it pass.
#pragma once

#include <exception>

#if defined(__GLIBCXX__)
#include <cxxabi.h>
/// Stands between `try { ... }` and `catch (...)`.
#define COMMONWEAL_LET_THREAD_END       \
  catch (const abi::__forced_unwind&) { \
    throw;                              \
  }
#else
#define COMMONWEAL_LET_THREAD_END
#endif
