#include <algorithm>
#include <set>

#include "chain/module.hpp"
#include "chain/modules/slashing/slashing.hpp"
#include "chain/modules/slashing/steps.hpp"
#include "chain/modules/staking/active_set.hpp"
#include "chain/modules/staking/tables.hpp"
#include "chain/modules/staking/staking.hpp"

namespace cambium::chain::slashing {
namespace {

/// What two thirds no longer wait for, taken or given up, accuses nobody any more.
void forget_settled(Context& ctx, const std::set<Hash>& waiting) {
  std::vector<decltype(kLeftOut)::Key> settled;
  kLeftOut.scan(ctx, kLeftOut.prefix(), [&](const auto& key, const pb::LeftOut&) {
    if (!waiting.contains(std::get<0>(key))) settled.push_back(key);
    return settled.size() < kMaxBlockEndEntries ? ScanStep::next : ScanStep::stop;
  });
  for (const auto& key : settled) kLeftOut.erase(ctx, key);
}

/// How many transactions have now been left out so often that each is an occasion.
std::uint32_t count_left_out(Context& ctx, const Address& proposer,
                             const std::set<Hash>& waiting) {
  const auto most = kSlashingParams.get_or_default(ctx, {}).censorship_blocks();
  std::uint32_t occasions = 0;
  for (const Hash& tx : waiting) {
    auto left_out = kLeftOut.get_or_default(ctx, {tx, proposer});
    if (left_out.blocks() >= most) continue;  // one occasion a transaction
    left_out.set_blocks(left_out.blocks() + 1);
    kLeftOut.put(ctx, {tx, proposer}, left_out);
    if (left_out.blocks() == most) ++occasions;
  }
  return occasions;
}

Observed add_occasions(Context& ctx, const Address& proposer, std::uint32_t count) {
  auto occasions = kOccasions.get_or_default(ctx, {proposer});
  if (occasions.count() == 0 || too_old(ctx, {occasions.first_ms()})) {
    occasions.set_count(0);
    occasions.set_first_ms(ctx.block().time.value);
    occasions.set_first_height(ctx.block().height.value);
  }
  occasions.set_count(occasions.count() + count);
  ctx.emit("slashing.left_out", {{"consensus_address", to_hex(proposer)},
                                 {"occasions", std::to_string(occasions.count())}});
  const auto enough = kSlashingParams.get_or_default(ctx, {}).censorship_occasions();
  const auto account = staking::operator_of(ctx, proposer);
  if (occasions.count() < enough || !account) {
    kOccasions.put(ctx, {proposer}, occasions);
    return Observed::nobody;
  }
  if (kOccasions.has(ctx, {proposer})) kOccasions.erase(ctx, {proposer});
  punish(ctx, {*account, pb::Offence::CENSORSHIP, {occasions.first_height()}});
  return Observed::punished;
}

Bytes judge_inclusion(Context& ctx, ByteView) {
  const auto& facts = ctx.block().commit.inclusion;
  if (!facts) return {};
  if (observe_inclusion(ctx, *facts) == Observed::punished) staking::update_active_set(ctx);
  return {};
}

}  // namespace

Observed observe_inclusion(Context& ctx, const InclusionFacts& facts) {
  std::set<Hash> waiting;
  for (const Hash& tx : facts.seen) {
    if (waiting.size() == kMaxBlockEndEntries) break;
    waiting.insert(tx);
  }
  for (const Hash& tx : facts.included) waiting.erase(tx);
  forget_settled(ctx, waiting);
  if (facts.fullness == InclusionFacts::Fullness::full) return Observed::nobody;
  if (!staking::kActiveSet.has(ctx, {facts.proposer})) return Observed::nobody;
  const std::uint32_t occasions = count_left_out(ctx, facts.proposer, waiting);
  return occasions == 0 ? Observed::nobody : add_occasions(ctx, facts.proposer, occasions);
}

BlockEndStep inclusion_step() {
  return {.name = "slashing.inclusion", .run = judge_inclusion, .privileges = {.may_burn = true}};
}

}  // namespace cambium::chain::slashing
