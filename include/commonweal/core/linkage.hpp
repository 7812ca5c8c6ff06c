// SPDX-License-Identifier: Apache-2.0
// Where the bodies of functions are: in the compiled library, or in every program that includes them.
#pragma once

/// Defined by a program that links no library (CMake: commonweal::headers). Each header then brings the bodies of what
/// it declares from its detail/NAME_impl.hpp. Without it headers only declare, and src/ compiles each body once.
#ifdef COMMONWEAL_HEADER_ONLY
#define COMMONWEAL_BODY inline
#else
#define COMMONWEAL_BODY
#endif
