#include "sim/validators/clients.hpp"

#include "base/amount.hpp"
#include "chain/pipeline.hpp"
#include "engine/cometbft/checker.hpp"
#include "engine/tx_builder.hpp"

namespace cambium::sim {
namespace {

constexpr std::uint64_t kGas = 2'000'000;
constexpr std::uint64_t kFeeUcbm = 200'000;
constexpr std::uint64_t kGap = 5;  // nonces that nobody sends

}  // namespace

bool Client::send(Consensus& consensus, cambium::tx::v1::Msg msg) {
  auto& home = *consensus.members()[home_].replica;
  if (waiting_ || !home.up() || !home.ledger().has_state()) return false;
  const auto view = home.ledger().view();
  if (!view) return false;
  engine::TxPlan plan{home.ledger().genesis().chain_id(), {std::move(msg)}, 0, kFeeUcbm, kGas, {}};
  plan.nonce = engine::nonce_of(*view, address_).value;
  const Bytes raw = engine::sign_tx(plan, *key_);
  if (consensus.submit(home_, to_string(raw)) != chain::TxStatus::ok) return false;
  waiting_ = Waiting{chain::tx_id(raw), raw};
  return true;
}

void Client::disturb(Consensus& consensus, const cambium::tx::v1::Msg& msg) const {
  auto& home = *consensus.members()[home_].replica;
  if (!home.up() || !home.ledger().has_state()) return;
  const auto view = home.ledger().view();
  if (!view) return;
  const std::uint64_t next = engine::nonce_of(*view, address_).value;
  for (const std::uint64_t nonce : {next + kGap, next}) {
    const engine::TxPlan plan{home.ledger().genesis().chain_id(), {msg}, nonce, kFeeUcbm + 1, kGas,
                              {}};
    static_cast<void>(consensus.submit(home_, to_string(engine::sign_tx(plan, *key_))));
  }
}

void Client::send_again(Consensus& consensus, Random& random) {
  if (!waiting_) return;
  const auto member = random.below(consensus.members().size());
  const auto status = consensus.submit(member, to_string(waiting_->raw));
  // It was signed on an old state, by a validator that lagged behind: it can never be included, and
  // had it been, this client would have seen it.
  if (status == chain::TxStatus::nonce_too_low) waiting_.reset();
}

void Client::replay(Consensus& consensus, Random& random) const {
  if (last_raw_.empty()) return;
  static_cast<void>(consensus.submit(random.below(consensus.members().size()), last_raw_));
}

void Client::on_block(std::size_t member, const engine::CommittedBlock& block) {
  if (!waiting_) return;
  for (const auto& tx : block.txs) {
    if (tx.id != waiting_->id) continue;
    acknowledged_.push_back({tx.id, block.height(), tx.result.status()});
    last_raw_ = to_string(waiting_->raw);
    waiting_.reset();
    home_ = member;  // it has what was just seen, so the next nonce is right there
    return;
  }
}

cambium::tx::v1::Msg message_of(const Action& action, const Names& names) {
  const auto client = [&](std::size_t i) {
    return to_string(names.clients[i % names.clients.size()]);
  };
  const auto validator = [&](std::size_t i) {
    return to_string(names.operators[i % names.operators.size()]);
  };
  const std::uint64_t ucbm = cbm(action.value).ucbm;
  cambium::tx::v1::Msg out;
  auto& staking = *out.mutable_staking();
  switch (action.kind) {
    case ActionKind::delegate:
      staking.mutable_delegate()->set_sender(client(action.who));
      staking.mutable_delegate()->set_validator(validator(action.whom));
      staking.mutable_delegate()->set_amount_ucbm(ucbm);
      return out;
    case ActionKind::undelegate:
      staking.mutable_undelegate()->set_sender(client(action.who));
      staking.mutable_undelegate()->set_validator(validator(action.whom));
      staking.mutable_undelegate()->set_amount_ucbm(ucbm);
      return out;
    case ActionKind::redelegate:
      staking.mutable_redelegate()->set_sender(client(action.who));
      staking.mutable_redelegate()->set_from(validator(action.whom));
      staking.mutable_redelegate()->set_to(validator(action.whom + 1));
      staking.mutable_redelegate()->set_amount_ucbm(ucbm);
      return out;
    case ActionKind::withdraw:
      staking.mutable_withdraw_rewards()->set_sender(client(action.who));
      return out;
    default: break;
  }
  auto& send = *out.mutable_bank()->mutable_send();
  send.set_sender(client(action.who));
  send.set_to(client(action.who + 1));
  send.mutable_coin()->set_denom("ucbm");
  send.mutable_coin()->set_amount(action.value);
  return out;
}

}  // namespace cambium::sim
