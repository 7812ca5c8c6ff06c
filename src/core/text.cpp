// SPDX-License-Identifier: Apache-2.0
// The compiled bodies of text for people.
#include <commonweal/core/detail/text_impl.hpp>
