// SPDX-License-Identifier: Apache-2.0
// A cascade survives its bytes with its fingerprint, and no other bytes pass for one.
#include "engine_test_support.hpp"

#include <gtest/gtest.h>

#include <commonweal/rollup/engine/cascade_bytes.hpp>
#include <commonweal/rollup/engine/partial.hpp>

namespace {

using namespace engine_test;

cascade planned(random_source& random) {
  for (;;) {
    cascade c = random_cascade(random, {});
    try {
      (void)plan(c);
      return c;
    } catch (const commonweal::error&) { // a cycle in some period
    }
  }
}

TEST(engine_cascade_bytes, a_plan_made_elsewhere_is_the_same_plan) {
  random_source random(61);
  for (int round = 0; round < 300; ++round) {
    const cascade c = planned(random);
    const auto bytes = serialize_cascade(c);
    const cascade read = deserialize_cascade(bytes);
    const plan here(c), there(read);
    ASSERT_EQ(here.fingerprint(), there.fingerprint());
    ASSERT_EQ(serialize_cascade(read), bytes);
    // Partials travel between the two.
    const auto values = random_values(random, c, numbers::amounts);
    partial mine(here), theirs(there);
    planes data(there);
    data.fill({values.data(), static_cast<std::size_t>(c.periods)}, portable_kernels());
    theirs.update(data, portable_kernels());
    mine.merge(partial::deserialize(here, theirs.serialize()));
    ASSERT_EQ(mine.serialize(), theirs.serialize());
  }
}

TEST(engine_cascade_bytes, refuses_cut_and_changed_bytes) {
  random_source random(62);
  const auto bytes = serialize_cascade(planned(random));
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    ASSERT_THROW((void)deserialize_cascade(std::span(bytes).first(cut)), commonweal::error);
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto changed = bytes;
    changed[i] ^= static_cast<std::byte>(1 + random() % 255);
    ASSERT_THROW((void)deserialize_cascade(changed), commonweal::error) << i;
  }
}

TEST(engine_cascade_bytes, refuses_to_write_what_it_would_not_read) {
  random_source random(63);
  const cascade good = planned(random);
  const auto refused = [&](auto spoil) {
    cascade c = good;
    spoil(c);
    EXPECT_THROW((void)serialize_cascade(c), commonweal::error);
  };
  refused([](cascade& c) { c.members[0].group = c.groups; });
  refused([](cascade& c) { c.members[0].reporter = c.reporters; });
  refused([](cascade& c) { c.members[0].in_force.begin = -1; });
  refused([](cascade& c) { c.parts.push_back({c.groups, 0, {}}); });
  refused([](cascade& c) { c.periods = -1; });
}

} // namespace
