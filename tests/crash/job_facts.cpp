#include "job_facts.hpp"

#include <fmt/format.h>

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/rewards/rewards.hpp"
#include "crypto/keys.hpp"
#include "node/model_loader.hpp"

namespace cambium::crash {
namespace {

namespace bank = chain::bank;
namespace rewards = chain::rewards;

/// What genesis gives the trainer on the utility chain, where it sends nothing itself.
constexpr std::uint64_t kTrainerGenesisCbm = 100;

tl::unexpected<Error> wrong(std::string what) { return fail(ErrorCode::corrupt, std::move(what)); }

/// Every acknowledged block is the block at its height; every acknowledged transaction is in the
/// block it was acknowledged in and in no other.
Status check_history(engine::Engine& chain, const Acks& acks) {
  std::map<std::string, std::uint64_t> found;
  const auto height = chain.status().height.value;
  for (std::uint64_t h = 1; h <= height; ++h) {
    TRY(auto block, chain.block({h}));
    const auto acked = acks.blocks.find({chain.alias(), h});
    if (acked != acks.blocks.end() && acked->second != block->hash.hex()) {
      return wrong(fmt::format("Block {} of {} was acknowledged as {} and is now {}.", h,
                               chain.alias(), acked->second, block->hash.hex()));
    }
    for (const auto& tx : block->txs) {
      if (!found.insert({tx.id.hex(), h}).second) {
        return wrong(fmt::format("Transaction {} is in two blocks of {}.", tx.id.hex(),
                                 chain.alias()));
      }
    }
  }
  for (const auto& [place, hash] : acks.blocks) {
    if (place.first == chain.alias() && place.second > height) {
      return wrong(fmt::format("Block {} of {} was acknowledged and is lost.", place.second,
                               chain.alias()));
    }
  }
  for (const auto& [id, tx] : acks.txs) {
    const auto at = found.find(id);
    if (tx.alias == chain.alias() && (at == found.end() || at->second != tx.height)) {
      return wrong(fmt::format("Transaction {} was acknowledged in block {} of {} and is not "
                               "there.", id, tx.height, tx.alias));
    }
  }
  return {};
}

Status check_supply(engine::Engine& chain) {
  TRY(auto state, chain.state_at());
  std::uint64_t sum = 0;
  const Bytes balances = bank::kBalances.prefix();
  state.scan({balances, {}}, [&](ByteView, ByteView value) {
    sum += bank::kBalances.decoded(value).amount();
    return true;
  });
  TRY_STATUS(state.health());
  const auto bytes = state.get(bank::kSupplies.key({bank::kUcbm}));
  if (!bytes) return wrong(fmt::format("{} has no supply.", chain.alias()));
  const auto supply = bank::kSupplies.decoded(*bytes);
  if (supply.total() == sum && supply.minted() - supply.burnt() == sum) return {};
  return wrong(fmt::format("{}: balances sum to {}, the supply says {}, minted less burnt is {}.",
                           chain.alias(), sum, supply.total(), supply.minted() - supply.burnt()));
}

/// What the trainer has beyond genesis, is owed and waits for is what the payouts say: no more.
Status check_rewards(node::Node& node) {
  TRY(auto state, node.utility().state_at());
  TRY(auto key, node.keys().find(std::string(node::kTrainerKey)));
  const auto trainer = crypto::address_of(key->public_key());
  u128 earned = 0;
  int payouts = 0;
  const Bytes paid = rewards::kPayouts.prefix();
  state.scan({paid, {}}, [&](ByteView, ByteView value) {
    const auto payout = rewards::kPayouts.decoded(value);
    if (payout.account() == to_string(trainer)) earned += u128(payout.reward_ucbm()) * kNano;
    return ++payouts > 0;
  });
  u128 has = 0;
  const auto balance = state.get(bank::kBalances.key({trainer, bank::kUcbm}));
  if (balance) has += u128(bank::kBalances.decoded(*balance).amount()) * kNano;
  if (const auto owed = state.get(rewards::kAccruals.key({trainer}))) {
    has += rewards::owed_nano(rewards::kAccruals.decoded(*owed));
  }
  const Bytes waiting = rewards::kPending.prefix();
  state.scan({waiting, {}}, [&](ByteView, ByteView value) {
    const auto pending = rewards::kPending.decoded(value);
    if (pending.account() == to_string(trainer)) has += u128(pending.due_ucbm()) * kNano;
    return true;
  });
  TRY_STATUS(state.health());
  fmt::print("payouts {}\n", payouts);
  const u128 genesis = u128(cbm(kTrainerGenesisCbm).ucbm) * kNano;
  if (earned > 0 && has == genesis + earned) return {};
  return wrong(fmt::format("The trainer was paid {} nano-ucbm and earned {}.",
                           std::uint64_t(has - genesis), std::uint64_t(earned)));
}

Status print_candidates(engine::Engine& compute) {
  TRY(auto view, compute.state_at());
  std::map<std::string, int> statuses;
  const Bytes candidates = chain::evaluation::kCandidates.prefix();
  view.scan({candidates, {}}, [&](ByteView, ByteView value) {
    const auto candidate = chain::evaluation::kCandidates.decoded(value);
    ++statuses[cambium::evaluation::v1::CandidateStatus_Name(candidate.status())];
    return true;
  });
  TRY_STATUS(view.health());
  for (const auto& [status, count] : statuses) fmt::print("{} {}\n", status, count);
  return {};
}

Status check_payloads(node::Node& node) {
  TRY(auto view, node.compute().state_at());
  TRY(auto head, node::read_head(view, std::string(node::kMainModel)));
  for (const auto& [name, root] : head.payloads) {
    TRY(auto payload, node.store().open(root));
    TRY_STATUS(payload->verify_all());
  }
  fmt::print("contributed {}\npayloads {}\n", head.contributed.size(), head.payloads.size());
  return {};
}

}  // namespace

Status check_job(node::Node& node, const Acks& acks) {
  for (auto* chain : node.chains()) {
    TRY_STATUS(check_history(*chain, acks));
    TRY_STATUS(check_supply(*chain));
  }
  TRY_STATUS(check_rewards(node));
  TRY_STATUS(print_candidates(node.compute()));
  return check_payloads(node);
}

}  // namespace cambium::crash
