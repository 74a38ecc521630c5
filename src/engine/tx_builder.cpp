#include "engine/tx_builder.hpp"

#include <fmt/format.h>

#include "base/amount.hpp"
#include "chain/modules/accounts/accounts.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/records.hpp"
#include "schema/canonical.hpp"

namespace cambium::engine {
namespace {

constexpr std::int64_t kSendTimeoutMs = 60'000;
// A block may change what simulation saw, so a third more gas is bought than it used.
constexpr std::uint64_t kGasMarginPercent = 135;
constexpr std::uint64_t kGasFloor = 20'000;
constexpr std::uint64_t kFeeMargin = 2;

std::string names_of(const std::vector<TxMsg>& msgs) {
  std::string out;
  for (const auto& msg : msgs) {
    const auto* module = msg.GetReflection()->GetOneofFieldDescriptor(
        msg, msg.GetDescriptor()->oneof_decl(0));
    if (module == nullptr) continue;
    const auto& inner = msg.GetReflection()->GetMessage(msg, module);
    const auto* kind = inner.GetReflection()->GetOneofFieldDescriptor(
        inner, inner.GetDescriptor()->oneof_decl(0));
    if (kind == nullptr) continue;
    if (!out.empty()) out += ", ";
    out += chain::short_name(*kind->message_type());
  }
  return out;
}

}  // namespace

Bytes sign_tx(const TxPlan& plan, const crypto::SigningKey& key) {
  cambium::tx::v1::TxBody body;
  body.set_chain_id(plan.chain_id);
  for (const auto& msg : plan.msgs) *body.add_msgs() = msg;
  body.mutable_fee()->set_amount_ucbm(plan.fee_ucbm);
  body.mutable_fee()->set_gas_limit(plan.gas_limit);
  body.set_nonce(plan.nonce);
  body.set_memo(plan.memo);
  const Bytes bytes = schema::encode(body);
  cambium::tx::v1::TxRaw raw;
  raw.set_body(bytes.data(), bytes.size());
  auto* signature = raw.add_signatures();
  *signature->mutable_key() = chain::key_to_proto(key.public_key());
  const Hash digest = chain::sign_digest(bytes);
  const Bytes signed_bytes = key.public_key().type == crypto::KeyType::ed25519
                                 ? key.sign(digest)
                                 : key.sign(as_bytes(chain::sign_text(body, bytes)));
  signature->set_signature(signed_bytes.data(), signed_bytes.size());
  return schema::encode(raw);
}

Result<std::uint64_t> next_nonce(const Engine& engine, const crypto::Address& account) {
  TRY(auto view, engine.state_at());
  auto bytes = view.get(chain::accounts::kAccounts.key({account}));
  TRY_STATUS(view.health());
  return bytes ? chain::accounts::kAccounts.decoded(*bytes).nonce() : 0;
}

Result<std::uint64_t> balance_of(const Engine& engine, const crypto::Address& account,
                                 std::string_view denom) {
  TRY(auto view, engine.state_at());
  auto bytes = view.get(chain::bank::kBalances.key({account, std::string(denom)}));
  TRY_STATUS(view.health());
  return bytes ? chain::bank::kBalances.decoded(*bytes).amount() : 0;
}

Error refusal(const Engine& engine, const std::vector<TxMsg>& msgs, chain::TxStatus status) {
  const auto& text = chain::explain(status);
  return {ErrorCode::refused, fmt::format("{} refused {}: {} ({}); {}.", engine.alias(),
                                          names_of(msgs), text.what, text.name, text.advice)};
}

// Messages in free lanes pay nothing: their gas limit is whatever simulation finds.
Result<Bytes> AccountSender::prepare(std::vector<TxMsg> msgs, std::uint64_t nonce) const {
  TxPlan plan{engine_.chain_id(), std::move(msgs), nonce, 0, 0, {}};
  TRY(auto view, engine_.state_at());
  auto stored = view.get(chain::kParams.key({}));
  const std::uint64_t most = stored ? chain::kParams.decoded(*stored).tx_gas_limit() : 0;
  const std::uint64_t base_fee = engine_.status().base_fee_nano_ucbm;
  auto fee_for = [&](std::uint64_t gas) {
    return mul_div(gas, base_fee * kFeeMargin, kNano).value_or(UINT64_MAX - 1) + 1;
  };
  plan.gas_limit = most;
  auto simulated = engine_.simulate(sign_tx(plan, *key_));
  bool free_lane = simulated.has_value() &&
                   static_cast<chain::TxStatus>(simulated->result.status()) == chain::TxStatus::ok;
  if (!free_lane) {
    plan.fee_ucbm = fee_for(most);
    simulated = engine_.simulate(sign_tx(plan, *key_));
  }
  if (!simulated) return tl::unexpected<Error>(refusal(engine_, plan.msgs, simulated.error()));
  const auto status = static_cast<chain::TxStatus>(simulated->result.status());
  if (status != chain::TxStatus::ok) {
    return tl::unexpected<Error>(refusal(engine_, plan.msgs, status));
  }
  const std::uint64_t used = simulated->result.gas_used();
  plan.gas_limit = std::min(most, used / 100 * kGasMarginPercent + kGasFloor);
  plan.fee_ucbm = free_lane ? 0 : fee_for(plan.gas_limit);
  return sign_tx(plan, *key_);
}

Result<TxId> AccountSender::queue(std::vector<TxMsg> msgs, std::uint64_t nonce) {
  TRY(auto raw, prepare(msgs, nonce));
  auto submitted = engine_.submit(std::move(raw));
  if (!submitted.accepted()) {
    return tl::unexpected<Error>(refusal(engine_, msgs, submitted.status));
  }
  return submitted.id;
}

Result<TxOutcome> AccountSender::send(std::vector<TxMsg> msgs) {
  std::lock_guard lock(mutex_);
  TRY(auto nonce, next_nonce(engine_, address_));
  TRY(auto id, queue(msgs, nonce));
  TRY(auto outcome, engine_.wait(id, kSendTimeoutMs));
  if (outcome.status() != chain::TxStatus::ok) {
    return tl::unexpected<Error>(refusal(engine_, msgs, outcome.status()));
  }
  return outcome;
}

}  // namespace cambium::engine
