// SubmitReceipts: served answers are debited from the gateway's escrow and credited to those who
// made them. The whole batch or nothing.
#include <algorithm>
#include <set>

#include "chain/message.hpp"
#include "chain/modules/models/expert_name.hpp"
#include "chain/modules/models/models.hpp"
#include "chain/modules/rewards/royalties.hpp"

namespace cambium::chain {
namespace {

using namespace rewards;

constexpr int kMaxHosts = 64;
constexpr int kMaxExperts = 1024;
constexpr std::uint64_t kMaxWeight = UINT64_C(1) << 40;

bool is_sound(const pb::Receipt& receipt) {
  const bool sized = is_hash(receipt.id()) && is_hash(receipt.index_root()) &&
                     receipt.fee_nano_ucbm() > 0 && receipt.hosts_size() > 0 &&
                     receipt.hosts_size() <= kMaxHosts && receipt.experts_size() > 0 &&
                     receipt.experts_size() <= kMaxExperts;
  if (!sized) return false;
  const bool hosts = std::ranges::all_of(receipt.hosts(), [](const auto& host) {
    return is_address(host.account()) && host.weight() > 0 && host.weight() <= kMaxWeight;
  });
  return hosts && std::ranges::all_of(
                      receipt.experts(), [last = std::string()](const auto& expert) mutable {
                        const auto key = models::sort_key(expert.name());
                        const bool ascending = key > last;
                        last = key;
                        return ascending && models::ExpertName::parse(expert.name());
                      });
}

TxStatus preflight(const pb::SubmitReceipts& msg) {
  if (msg.receipts_size() == 0) return TxStatus::bad_receipt;
  std::set<std::string> ids;
  for (const auto& receipt : msg.receipts()) {
    if (!is_sound(receipt) || !ids.insert(receipt.id()).second) return TxStatus::bad_receipt;
  }
  return TxStatus::ok;
}

u128 balance_nano(const pb::Escrow& escrow) {
  return u128(escrow.balance_ucbm()) * kNano + escrow.balance_nano();
}

u128 total_nano(const pb::SubmitReceipts& msg) {
  u128 total = 0;
  for (const auto& receipt : msg.receipts()) total += receipt.fee_nano_ucbm();
  return total;
}

TxStatus check(const ReadContext& ctx, const pb::SubmitReceipts& msg) {
  const auto params = kRewardParams.get_or_default(ctx, {});
  if (std::uint32_t(msg.receipts_size()) > params.max_receipts_per_tx()) {
    return TxStatus::field_too_long;
  }
  const auto escrow = kEscrows.get_or_default(ctx, {to_address(msg.sender())});
  if (balance_nano(escrow) < total_nano(msg)) return TxStatus::escrow_too_small;
  for (const auto& receipt : msg.receipts()) {
    if (kReceipts.has(ctx, {to_id(receipt.id())})) return TxStatus::receipt_seen;
    if (!models::kHeads.has(ctx, {receipt.model(), to_id(receipt.index_root())})) {
      return TxStatus::head_unknown;
    }
    for (const auto& use : receipt.experts()) {
      const auto key = models::sort_key(use.name());
      if (!models::kIndex.has(ctx, {receipt.model(), key})) return TxStatus::unknown_expert;
    }
  }
  return TxStatus::ok;
}

/// Credits of one batch, summed by account before they are written once.
class Ledger {
 public:
  void add(const Address& account, u128 nano, Earned earned) {
    auto& row = rows_[{account, earned}];
    row += nano;
  }
  /// What rounding or missing rights leave goes to the treasury.
  void divide(u128 total, const std::vector<Share>& shares, Earned earned) {
    const auto parts = split(total, shares);
    for (std::size_t i = 0; i < shares.size(); ++i) add(shares[i].account, parts.parts[i], earned);
    treasury_ += parts.rest;
  }
  void keep(u128 nano) { treasury_ += nano; }
  void write(Context& ctx, const Address& treasury) const {
    for (const auto& [who, nano] : rows_) accrue(ctx, {who.first, nano, who.second});
    accrue(ctx, {treasury, treasury_, Earned::other});
  }

 private:
  std::map<std::pair<Address, Earned>, u128> rows_;
  u128 treasury_ = 0;
};

void note_use(Context& ctx, const pb::Receipt& receipt, const pb::ExpertUse& use,
              u128 earned_nano) {
  const auto key = models::sort_key(use.name());
  auto earning = kEarnings.get_or_default(ctx, {receipt.model(), key});
  earning.set_model(receipt.model());
  earning.set_name(use.name());
  earning.set_calls(earning.calls() + 1);
  earning.set_tokens(earning.tokens() + use.tokens());
  earning.set_gate_mass_nano(earning.gate_mass_nano() + use.gate_mass_nano());
  earning.set_earned_nano_ucbm(earning.earned_nano_ucbm() + std::uint64_t(earned_nano));
  earning.set_last_used_ms(ctx.block().time.value);
  kEarnings.put(ctx, {receipt.model(), key}, earning);
}

struct Cut {
  u128 hosts, trainers, data;
};

Cut cut_of(const pb::Receipt& receipt, const pb::Params& params) {
  const u128 fee = receipt.fee_nano_ucbm();
  return {fee * params.hosts_share_nano() / kNano, fee * params.trainers_share_nano() / kNano,
          fee * params.data_share_nano() / kNano};
}

void pay_receipt(Context& ctx, const pb::Receipt& receipt, Rights& rights, Ledger& ledger) {
  const auto cut = cut_of(receipt, kRewardParams.get_or_default(ctx, {}));
  ledger.keep(receipt.fee_nano_ucbm() - cut.hosts - cut.trainers - cut.data);
  std::vector<Share> hosts;
  for (const auto& host : receipt.hosts()) {
    hosts.push_back({to_address(host.account()), host.weight()});
  }
  ledger.divide(cut.hosts, hosts, Earned::hosting);

  std::vector<Share> weights;  // by expert: gate mass times accepted gain
  for (const auto& use : receipt.experts()) {
    const auto* right = rights.of(use.name());
    weights.push_back({{}, right ? u128(use.gate_mass_nano()) * right->gain_nano : 0});
  }
  const auto trainers = split(cut.trainers, weights);
  const auto data = split(cut.data, weights);
  ledger.keep(trainers.rest + data.rest);
  for (int i = 0; i < receipt.experts_size(); ++i) {
    const auto* right = rights.of(receipt.experts(i).name());
    const auto at = std::size_t(i);
    ledger.divide(trainers.parts[at], right ? right->trainers : std::vector<Share>{},
                  Earned::training);
    ledger.divide(data.parts[at], right ? right->contributors : std::vector<Share>{},
                  Earned::data);
    note_use(ctx, receipt, receipt.experts(i), trainers.parts[at]);
  }
}

TxStatus apply(Context& ctx, const pb::SubmitReceipts& msg) {
  const auto gateway = to_address(msg.sender());
  auto escrow = kEscrows.get_or_default(ctx, {gateway});
  const u128 left = balance_nano(escrow) - total_nano(msg);
  escrow.set_balance_ucbm(std::uint64_t(left / kNano));
  escrow.set_balance_nano(std::uint64_t(left % kNano));
  escrow.set_receipts(escrow.receipts() + std::uint64_t(msg.receipts_size()));
  escrow.set_spent_ucbm(escrow.spent_ucbm() + std::uint64_t(total_nano(msg) / kNano));
  kEscrows.put(ctx, {gateway}, escrow);

  Ledger ledger;
  std::map<std::string, Rights> rights;
  for (const auto& receipt : msg.receipts()) {
    pb::ReceiptSeen seen;
    seen.set_gateway(msg.sender());
    seen.set_height(ctx.block().height.value);
    kReceipts.put(ctx, {to_id(receipt.id())}, seen);
    auto& known = rights.try_emplace(receipt.model(), ctx, receipt.model()).first->second;
    pay_receipt(ctx, receipt, known, ledger);
  }
  const auto params = kRewardParams.get_or_default(ctx, {});
  ledger.write(ctx, is_address(params.treasury()) ? to_address(params.treasury())
                                                  : module_address("treasury"));
  ctx.emit("rewards.receipts_settled",
           {{"gateway", gateway.text()},
            {"receipts", std::to_string(msg.receipts_size())},
            {"fee_ucbm", std::to_string(std::uint64_t(total_nano(msg) / kNano))}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<rewards::pb::SubmitReceipts>() {
  return handler<rewards::pb::SubmitReceipts>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
