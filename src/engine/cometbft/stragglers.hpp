// What waits and cannot be in the next block together with the rest: nonces that leave a gap, and
// nonces that another transaction has already. CometBFT offers a proposer its oldest transactions,
// as many as fill a block, so were there much of this, and it costs nothing, nothing else would
// ever be offered.
#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "base/amount.hpp"
#include "base/ids.hpp"
#include "crypto/keys.hpp"

namespace cambium::engine {

/// A quarter of a block.
inline constexpr std::size_t kMostStragglerBytes = 1u << 20;

/// One transaction with a nonce, found admissible on that state.
struct Arrival {
  Height state;
  crypto::Address sender;
  std::uint64_t nonce = 0;
  enum class Turn : std::uint8_t { next, later } turn = Turn::next;  // in that state
  std::size_t bytes = 0;
};

/// Counts anew on every state. Threads may call it at any time.
class Stragglers {
 public:
  /// False when it is a straggler and there are too many. To be asked once a transaction and state,
  /// oldest first; whatever follows without a gap on what came before is none.
  bool take(const Arrival& tx);

 private:
  struct Run {
    std::optional<std::uint64_t> end;           // the nonce after the last without a gap
    std::map<std::uint64_t, std::size_t> later;  // bytes of what waits for that
  };
  void follow(Run& run);

  std::mutex mutex_;  // guards the next three
  Height state_{};
  std::map<crypto::Address, Run> runs_;
  std::size_t bytes_ = 0;
};

}  // namespace cambium::engine
