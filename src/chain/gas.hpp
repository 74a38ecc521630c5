// What work costs: a fixed price per store operation, byte and message, the same everywhere.
#pragma once

#include "base/ids.hpp"

namespace cambium::chain {

inline constexpr std::uint64_t kGasPerTxByte = 10;       // decoding and keeping the bytes
inline constexpr std::uint64_t kGasPerSignature = 2'000;
inline constexpr std::uint64_t kGasPerRead = 200;
inline constexpr std::uint64_t kGasPerReadByte = 1;
inline constexpr std::uint64_t kGasPerWrite = 1'000;
inline constexpr std::uint64_t kGasPerWriteByte = 10;
inline constexpr std::uint64_t kGasPerEventByte = 5;

/// Counts up to a limit. After the limit reads stay truthful, so that a handler need not cope
/// with half answers; the pipeline drops the effects and reports out_of_gas.
class GasMeter {
 public:
  explicit GasMeter(Gas limit) : limit_(limit.value) {}
  void charge(std::uint64_t gas) {
    used_ = gas > UINT64_MAX - used_ ? UINT64_MAX : used_ + gas;
  }
  bool exhausted() const { return used_ > limit_; }
  /// Never above the limit: nobody pays for more than was bought.
  Gas used() const { return {used_ < limit_ ? used_ : limit_}; }
  Gas limit() const { return {limit_}; }

 private:
  std::uint64_t limit_;
  std::uint64_t used_ = 0;
};

}  // namespace cambium::chain
