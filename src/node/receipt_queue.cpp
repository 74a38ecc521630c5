#include "node/receipt_queue.hpp"

#include "base/amount.hpp"
#include "chain/modules/rewards/rewards.hpp"

namespace cambium::node {
namespace {

namespace rewards = chain::rewards;

/// What one top-up brings, so that most batches need none.
constexpr std::uint64_t kTopUpUcbm = 100 * kUcbmPerCbm;

rewards::pb::Receipt to_receipt(const PaidAnswer& answer, const crypto::Address& host) {
  rewards::pb::Receipt out;
  const auto& r = answer.receipt;
  out.set_id(to_string(r.id()));
  out.set_model(r.model_id);
  out.set_index_root(to_string(r.index_root));
  out.set_input_tokens(r.input_tokens);
  out.set_output_tokens(r.output_tokens);
  out.set_fee_nano_ucbm(answer.fee_nano_ucbm);
  auto* share = out.add_hosts();
  share->set_account(to_string(host));
  share->set_weight(1);
  for (const auto& expert : r.experts) {
    auto* use = out.add_experts();
    use->set_name(model::to_text(expert.name));
    use->set_tokens(expert.tokens);
    use->set_gate_mass_nano(expert.gate_mass_nano);
  }
  out.set_duration_ms(answer.duration_ms);
  return out;
}

}  // namespace

void ReceiptQueue::add(PaidAnswer answer) {
  std::lock_guard lock(mutex_);
  if (!ids_.insert(answer.receipt.id()).second) return;
  queue_.push_back(std::move(answer));
}

std::size_t ReceiptQueue::waiting() const {
  std::lock_guard lock(mutex_);
  return queue_.size();
}

Result<bool> ReceiptQueue::seen(const Hash& id) const {
  TRY(auto view, gateway_.engine().state_at());
  return view.get(rewards::kReceipts.key({id})).has_value();
}

Status ReceiptQueue::fund(std::uint64_t needed_ucbm) {
  TRY(auto view, gateway_.engine().state_at());
  auto bytes = view.get(rewards::kEscrows.key({gateway_.address()}));
  const std::uint64_t held = bytes ? rewards::kEscrows.decoded(*bytes).balance_ucbm() : 0;
  if (held >= needed_ucbm) return {};
  engine::TxMsg msg;
  auto* fund = msg.mutable_rewards()->mutable_fund_escrow();
  fund->set_sender(gateway_.sender());
  fund->set_gateway(gateway_.sender());
  fund->set_amount_ucbm(std::max(kTopUpUcbm, needed_ucbm - held));
  TRY(auto outcome, gateway_.send({msg}));
  static_cast<void>(outcome);
  return {};
}

Result<std::size_t> ReceiptQueue::flush() {
  std::vector<PaidAnswer> batch;
  {
    std::lock_guard lock(mutex_);
    for (const auto& answer : queue_) {
      if (batch.size() == kReceiptBatch) break;
      batch.push_back(answer);
    }
  }
  if (batch.empty()) return std::size_t{0};
  engine::TxMsg msg;
  auto* submit = msg.mutable_rewards()->mutable_submit_receipts();
  submit->set_sender(gateway_.sender());
  std::uint64_t fee_nano = 0;
  for (const auto& answer : batch) {
    TRY(bool known, seen(answer.receipt.id()));
    if (known || answer.fee_nano_ucbm == 0 || answer.receipt.experts.empty()) continue;
    *submit->add_receipts() = to_receipt(answer, host_);
    fee_nano += answer.fee_nano_ucbm;
  }
  if (submit->receipts_size() > 0) {
    TRY_STATUS(fund(fee_nano / kNano + 1));
    TRY(auto outcome, gateway_.send({msg}));
    static_cast<void>(outcome);
  }
  std::lock_guard lock(mutex_);
  for (const auto& answer : batch) ids_.erase(answer.receipt.id());
  queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(batch.size()));
  return batch.size();
}

}  // namespace cambium::node
