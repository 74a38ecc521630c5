#include "client/sender.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/amount.hpp"
#include "cambium/chain/v1/chain.pb.h"

namespace cambium::client {
namespace {

// A block may change what simulation saw, so a third more gas is bought than it used.
constexpr std::uint64_t kGasMarginPercent = 135;
constexpr std::uint64_t kGasFloor = 20'000;
constexpr std::uint64_t kMostGas = 50'000'000;  // of one transaction, by the default genesis
constexpr std::uint64_t kFeeMargin = 2;         // times the base fee
constexpr int kAttempts = 3;                    // another transaction may take the nonce first
constexpr std::string_view kNonceTaken = "nonce";

std::uint64_t fee_for(std::uint64_t gas, std::uint64_t base_fee_nano) {
  return mul_div(gas, base_fee_nano * kFeeMargin, kNano).value_or(UINT64_MAX - 1) + 1;
}

Error refusal(const ChainApi& chain, const std::vector<TxMsg>& msgs, const TxReport& report) {
  std::string names;
  for (const auto& msg : msgs) {
    const auto* message = chosen_message(msg);
    if (message == nullptr) continue;
    names += (names.empty() ? "" : ", ") + short_name(*message->GetDescriptor());
  }
  return {ErrorCode::refused, fmt::format("{} refused {}: {} ({}); {}.", chain.name(), names,
                                          report.what, report.status_name, report.advice)};
}

}  // namespace

// Messages in free lanes pay nothing; what they may use is found without a fee first.
Result<Bytes> Sender::prepare(std::vector<TxMsg> msgs, std::string memo) const {
  TRY(const auto status, chain_.status());
  TRY(const auto account, chain_.account(crypto::address_of(key_.public_key())));
  TxDraft draft{status.chain_id, std::move(msgs), account.nonce, 0, kMostGas, std::move(memo)};
  TRY(auto ran, chain_.simulate(sign(draft, key_)));
  const bool free_lane = ran.status == 0;
  if (!free_lane) {
    // A poor account tries with the gas that half of what it has would buy.
    const std::uint64_t all = fee_for(kMostGas, status.base_fee_nano_ucbm);
    const std::uint64_t most = account.balance_ucbm == 0 ? all : account.balance_ucbm / 2;
    if (most < all) draft.gas_limit = mul_div(kMostGas, most, all).value_or(kMostGas);
    draft.fee_ucbm = std::min(all, most);
    TRY(ran, chain_.simulate(sign(draft, key_)));
  }
  if (ran.status != 0) return tl::unexpected<Error>(refusal(chain_, draft.msgs, ran));
  draft.gas_limit = std::min(kMostGas, ran.gas_used / 100 * kGasMarginPercent + kGasFloor);
  draft.fee_ucbm = free_lane ? 0 : fee_for(draft.gas_limit, status.base_fee_nano_ucbm);
  return sign(draft, key_);
}

Result<TxReport> Sender::send(std::vector<TxMsg> msgs, std::string memo) const {
  for (int attempt = 1;; ++attempt) {
    TRY(const auto raw, prepare(msgs, memo));
    TRY(const auto report, chain_.submit(raw));
    if (report.status == 0) return report;
    const bool raced = report.status_name.find(kNonceTaken) != std::string::npos;
    if (!raced || attempt == kAttempts) {
      return tl::unexpected<Error>(refusal(chain_, msgs, report));
    }
  }
}

}  // namespace cambium::client
