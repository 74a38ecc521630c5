#include "chain/modules/evaluation/draw.hpp"

#include <algorithm>

#include "crypto/sha256.hpp"

namespace cambium::chain::evaluation {
namespace {

/// Uniform numbers from one seed.
class Stream {
 public:
  explicit Stream(const Hash& seed) : seed_(seed) {}
  std::uint64_t below(std::uint64_t bound) {
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    for (;;) {
      Bytes counter;
      append_be64(counter, counter_++);
      const Hash hash = crypto::sha256({seed_, counter});
      const std::uint64_t value = read_be64(hash.view().subspan(0, 8));
      if (value < limit) return value % bound;
    }
  }

 private:
  Hash seed_;
  std::uint64_t counter_ = 0;
};

}  // namespace

std::vector<crypto::Address> draw_order(const Draw& draw, std::vector<crypto::Address> eligible) {
  std::ranges::sort(eligible);
  Bytes purpose = to_bytes("cambium/committee/v1");
  append_be64(purpose, draw.candidate);
  append_be32(purpose, draw.attempt);
  Stream stream(crypto::sha256({purpose, draw.beacon}));
  for (std::size_t i = eligible.size(); i > 1; --i) {
    std::swap(eligible[i - 1], eligible[stream.below(i)]);
  }
  return eligible;
}

}  // namespace cambium::chain::evaluation
