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

/// Where a proposer's run of blocks is counted: no transaction has this id.
const Hash kRun{};

/// What two thirds no longer wait for, taken or given up, accuses nobody any more.
void forget_settled(Context& ctx, const std::set<Hash>& waiting) {
  std::vector<decltype(kLeftOut)::Key> settled;
  kLeftOut.scan(ctx, kLeftOut.prefix(), [&](const auto& key, const pb::LeftOut&) {
    const Hash tx = std::get<0>(key);
    if (tx != kRun && !waiting.contains(tx)) settled.push_back(key);
    return settled.size() < kMaxBlockEndEntries ? ScanStep::next : ScanStep::stop;
  });
  for (const auto& key : settled) kLeftOut.erase(ctx, key);
}

/// What one block adds to its proposer's account.
struct LeftOut {
  std::uint32_t occasions = 0;  // transactions left out so often that each is one
  bool counts = false;          // something was left out that is not used up
};

LeftOut count_left_out(Context& ctx, const Address& proposer, const std::set<Hash>& waiting) {
  const auto most = kSlashingParams.get_or_default(ctx, {}).censorship_blocks();
  LeftOut out;
  for (const Hash& tx : waiting) {
    auto left_out = kLeftOut.get_or_default(ctx, {tx, proposer});
    if (left_out.blocks() >= most) continue;  // one occasion a transaction
    left_out.set_blocks(left_out.blocks() + 1);
    kLeftOut.put(ctx, {tx, proposer}, left_out);
    out.counts = true;
    if (left_out.blocks() == most) ++out.occasions;
  }
  return out;
}

void set_run(Context& ctx, const Address& proposer, std::uint32_t blocks) {
  pb::LeftOut run;
  run.set_blocks(blocks);
  if (blocks != 0) return kLeftOut.put(ctx, {kRun, proposer}, run);
  if (kLeftOut.has(ctx, {kRun, proposer})) kLeftOut.erase(ctx, {kRun, proposer});
}

/// Others take what one leaves out, so that no transaction ever waits for three of its blocks: then
/// three blocks in a row that each left out something are one occasion.
std::uint32_t follow_run(Context& ctx, const Address& proposer, const LeftOut& left_out) {
  if (left_out.occasions != 0) {
    set_run(ctx, proposer, 0);
    return left_out.occasions;
  }
  if (!left_out.counts) return 0;
  const auto most = kSlashingParams.get_or_default(ctx, {}).censorship_blocks();
  const std::uint32_t run = kLeftOut.get_or_default(ctx, {kRun, proposer}).blocks() + 1;
  set_run(ctx, proposer, run < most ? run : 0);
  return run < most ? 0 : 1;
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
  if (waiting.empty()) {
    set_run(ctx, facts.proposer, 0);
    return Observed::nobody;
  }
  const LeftOut left_out = count_left_out(ctx, facts.proposer, waiting);
  const std::uint32_t occasions = follow_run(ctx, facts.proposer, left_out);
  return occasions == 0 ? Observed::nobody : add_occasions(ctx, facts.proposer, occasions);
}

BlockEndStep inclusion_step() {
  return {.name = "slashing.inclusion", .run = judge_inclusion, .privileges = {.may_burn = true}};
}

}  // namespace cambium::chain::slashing
