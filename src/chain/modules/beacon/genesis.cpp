#include <fmt/format.h>

#include "chain/modules/beacon/session.hpp"

namespace cambium::chain::beacon {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;

}  // namespace

void fill_defaults(pb::Params& p) {
  if (p.epoch_ms() == 0) p.set_epoch_ms(kDayMs);
  if (p.deal_window_ms() == 0) p.set_deal_window_ms(30 * kMinuteMs);
  if (p.complaint_window_ms() == 0) p.set_complaint_window_ms(30 * kMinuteMs);
}

std::optional<std::string> why_not(const pb::Params&, const pb::Params& p) {
  if (p.deal_window_ms() < 1'000 || p.complaint_window_ms() < 1'000 || p.epoch_ms() > 30 * kDayMs) {
    return "windows last a second at least, an epoch 30 days at most";
  }
  if (p.deal_window_ms() > p.epoch_ms() || p.complaint_window_ms() > p.epoch_ms()) {
    return "a window is longer than the epoch";
  }
  return std::nullopt;
}

/// Keys in genesis need no proof: whoever signs the genesis file vouches for it as a whole.
Status init_genesis(Context& ctx, const pb::Genesis& genesis) {
  auto params = genesis.params();
  fill_defaults(params);
  if (const auto reason = why_not(params, params)) {
    return fail(ErrorCode::invalid_input, "genesis of beacon: " + *reason);
  }
  kBeaconParams.put(ctx, {}, params);
  if (genesis.keys_size() != genesis.operators_size()) {
    return fail(ErrorCode::invalid_input, "genesis of beacon: name one operator for every key");
  }
  for (int i = 0; i < genesis.keys_size(); ++i) {
    if (!is_address(genesis.operators(i)) || genesis.keys(i).key().empty()) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("genesis of beacon: key {} has no operator or is empty", i));
    }
    kKeys.put(ctx, {to_address(genesis.operators(i))}, genesis.keys(i));
  }
  return {};
}

}  // namespace cambium::chain::beacon
