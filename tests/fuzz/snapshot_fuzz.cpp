// SPDX-License-Identifier: Apache-2.0
// libFuzzer target: forged snapshots whose lengths and hashes are right. Each loads canonically or is refused.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

#include <commonweal/formats/packed.hpp>

#include "reseal.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {
using namespace commonweal;
constexpr std::array<section_tag, 6> tags{section_tag{"info"},     section_tag{"nodes"},  section_tag{"edges"},
                                          section_tag{"measures"}, section_tag{"panels"}, section_tag{"records"}};
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // First as it is, which nearly always ends at the envelope; then with its hashes made right.
  const auto given = std::as_bytes(std::span(data, size));
  std::vector<std::byte> forged(given.begin(), given.end());
  samples::reseal(forged);
  for (const auto bytes : {given, std::span<const std::byte>(forged)}) {
    try {
      const auto x = unpack(bytes);
      const auto again = pack(x);
      if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) {
        std::fputs("what was loaded packs to other bytes\n", stderr);
        std::abort();
      }
    } catch (const error& e) {
      if (e.code() != error_code::invalid_data) {
        std::fprintf(stderr, "refused with another code: %s\n", e.what());
        std::abort();
      }
    }
  }
  return 0;
}

/// Mutates the content of one section and puts a right envelope around it again.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  try {
    const auto file = envelope::open(std::as_bytes(std::span(data, size)), snapshot_format);
    const auto chosen = seed % file.sections().size();
    envelope_writer out(snapshot_format, file.sections().size());
    for (std::size_t i = 0; i < file.sections().size(); ++i) {
      const auto& part = file.sections()[i];
      std::vector<std::uint8_t> content(part.bytes.size());
      std::memcpy(content.data(), part.bytes.data(), content.size());
      if (i == chosen) {
        const auto length = content.size();
        content.resize(length + 64);
        content.resize(LLVMFuzzerMutate(content.data(), length, content.size()));
      }
      out.section(part.tag).save_binary(content.data(), content.size());
    }
    const auto mutant = out.finish();
    if (mutant.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
    std::memcpy(data, mutant.data(), mutant.size());
    return mutant.size();
  } catch (const error&) {
    // Bytes without an envelope: given one, as the content of the first section.
    envelope_writer out(snapshot_format, tags.size());
    for (std::size_t i = 0; i < tags.size(); ++i) out.section(tags[i]).save_binary(data, i == 0 ? size : 0);
    const auto wrapped = out.finish();
    if (wrapped.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
    std::memcpy(data, wrapped.data(), wrapped.size());
    return wrapped.size();
  }
}
