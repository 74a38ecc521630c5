#include "crypto/sha256_batch.hpp"

#include <cstring>

#include "base/check.hpp"
#include "crypto/detail/sha256_block.hpp"

namespace cambium::crypto {
namespace {

using detail::kShaStart;
using detail::ShaState;

const detail::ShaBackend& backend() {
  static const detail::ShaBackend chosen = [] {
    const auto native = detail::native_sha();
    return native.name != nullptr ? native : detail::portable_sha();
  }();
  return chosen;
}

void write_digest(const ShaState& state, std::uint8_t* out) {
  for (std::size_t i = 0; i < 8; ++i) {
    const std::uint32_t word = __builtin_bswap32(state[i]);
    std::memcpy(out + 4 * i, &word, 4);
  }
}

constexpr bool kLittleEndian = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
static_assert(kLittleEndian, "digests are written by swapping little-endian words");

// prefix || 64 bytes is one byte more than a block, so each job takes two blocks.
struct PairBlocks {
  std::uint8_t bytes[128] = {};

  explicit PairBlocks(std::uint8_t prefix) {
    bytes[0] = prefix;
    bytes[65] = 0x80;
    bytes[126] = 520 >> 8;
    bytes[127] = 520 & 0xff;
  }
  void load(const std::uint8_t* pair) { std::memcpy(bytes + 1, pair, 64); }
};

// The last one or two blocks of a message: its tail, the end mark and its length in bits.
struct Tail {
  std::uint8_t bytes[128] = {};
  std::size_t blocks = 1;

  explicit Tail(ByteView message) {
    const std::size_t rest = message.size() % 64;
    if (rest != 0) std::memcpy(bytes, message.data() + (message.size() - rest), rest);
    bytes[rest] = 0x80;
    if (rest >= 56) blocks = 2;
    const std::uint64_t bits = __builtin_bswap64(std::uint64_t{message.size()} * 8);
    std::memcpy(bytes + 64 * blocks - 8, &bits, 8);
  }
};

Hash hash_one(ByteView message) {
  ShaState state = kShaStart;
  for (std::size_t at = 0; at + 64 <= message.size(); at += 64)
    backend().one(state, message.data() + at);
  const Tail tail(message);
  for (std::size_t i = 0; i < tail.blocks; ++i) backend().one(state, tail.bytes + 64 * i);
  Hash out;
  write_digest(state, out.data.data());
  return out;
}

// Two messages of the same number of blocks side by side.
void hash_two(ByteView a, ByteView b, Hash* out) {
  ShaState states[2] = {kShaStart, kShaStart};
  for (std::size_t at = 0; at + 64 <= a.size(); at += 64)
    backend().two(states, a.data() + at, b.data() + at);
  const Tail tail_a(a), tail_b(b);
  for (std::size_t i = 0; i < tail_a.blocks; ++i)
    backend().two(states, tail_a.bytes + 64 * i, tail_b.bytes + 64 * i);
  write_digest(states[0], out[0].data.data());
  write_digest(states[1], out[1].data.data());
}

std::size_t block_count(std::size_t size) { return (size + 8) / 64 + 1; }

}  // namespace

void sha256_pairs(std::uint8_t prefix, std::span<const PairHash> jobs) {
  const auto& sha = backend();
  PairBlocks first(prefix), second(prefix);
  std::size_t i = 0;
  for (; i + 2 <= jobs.size(); i += 2) {
    ShaState states[2] = {kShaStart, kShaStart};
    first.load(jobs[i].pair);
    second.load(jobs[i + 1].pair);
    sha.two(states, first.bytes, second.bytes);
    sha.two(states, first.bytes + 64, second.bytes + 64);
    write_digest(states[0], jobs[i].out);
    write_digest(states[1], jobs[i + 1].out);
  }
  if (i < jobs.size()) {
    ShaState state = kShaStart;
    first.load(jobs[i].pair);
    sha.one(state, first.bytes);
    sha.one(state, first.bytes + 64);
    write_digest(state, jobs[i].out);
  }
}

void sha256_each(std::span<const ByteView> messages, std::span<Hash> out) {
  CHECK(messages.size() == out.size(), "one digest is written for every message");
  std::size_t i = 0;
  while (i < messages.size()) {
    const bool two = i + 1 < messages.size() && block_count(messages[i].size()) ==
                                                    block_count(messages[i + 1].size()) &&
                     messages[i].size() / 64 == messages[i + 1].size() / 64;
    if (two) {
      hash_two(messages[i], messages[i + 1], &out[i]);
      i += 2;
    } else {
      out[i] = hash_one(messages[i]);
      i += 1;
    }
  }
}

const char* sha256_batch_backend() { return backend().name; }

}  // namespace cambium::crypto
