#include "chain/modules/slashing/signing.hpp"

#include <algorithm>
#include <set>

#include "chain/modules/staking/tables.hpp"

namespace cambium::chain::slashing {
namespace {

/// How much of [from, to) lies at or after `start`.
std::uint64_t overlap(std::uint64_t from, std::uint64_t to, std::uint64_t start) {
  from = std::max(from, start);
  return to > from ? to - from : 0;
}

std::set<Address> absent_now(const ReadContext& ctx) {
  std::set<Address> out;
  kAbsences.scan(ctx, kAbsences.prefix(), [&](const auto& key, const pb::Absence&) {
    out.insert(std::get<0>(key));
    return ScanStep::next;
  });
  return out;
}

void begin_absence(Context& ctx, const Address& consensus) {
  const auto active = staking::kActiveSet.get(ctx, {consensus});
  if (!active) return;  // it is being taken out of the set
  pb::Absence absence;
  absence.set_since_height(ctx.block().height.value);
  absence.set_since_ms(ctx.block().time.value);
  kAbsences.put(ctx, {consensus}, absence);
  ctx.emit("slashing.absent", {{"validator", to_address(active->operator_()).text()}});
}

void end_absence(Context& ctx, const Address& consensus) {
  const auto absence = kAbsences.get_or_default(ctx, {consensus});
  kAbsences.erase(ctx, {consensus});
  const auto active = staking::kActiveSet.get(ctx, {consensus});
  if (!active) return;
  const std::uint64_t now = ctx.block().height.value;
  const std::uint64_t start = staking::kEpoch.get_or_default(ctx, {}).start_height();
  auto signing = kSigning.get_or_default(ctx, {consensus});
  if (signing.from_height() != active->from_height()) signing.Clear();
  if (signing.epoch_start() != start) signing.set_epoch_missed(0);
  signing.set_from_height(active->from_height());
  signing.set_epoch_start(start);
  signing.set_missed(signing.missed() +
                     overlap(absence.since_height(), now, active->from_height()));
  signing.set_epoch_missed(
      signing.epoch_missed() +
      overlap(absence.since_height(), now, std::max(start, active->from_height())));
  kSigning.put(ctx, {consensus}, signing);
  ctx.emit("slashing.back", {{"validator", to_address(active->operator_()).text()},
                             {"missed", std::to_string(now - absence.since_height())}});
}

Bytes note_votes(Context& ctx, ByteView) {
  const auto& votes = ctx.block().commit.votes;
  if (votes.empty()) return {};
  const auto absent = absent_now(ctx);
  for (const BlockVote& vote : votes) {
    const bool missed = vote.kind == BlockVote::Kind::absent;
    const bool known = absent.contains(vote.validator);
    if (missed && !known) begin_absence(ctx, vote.validator);
    if (!missed && known) end_absence(ctx, vote.validator);
  }
  return {};
}

}  // namespace

std::uint64_t Attendance::uptime_nano() const {
  if (blocks == 0) return kNano;
  return kNano - mul_div(std::min(missed, blocks), kNano, blocks).value_or(0);
}

Attendance attendance(const ReadContext& ctx, const Stay& stay) {
  const auto signing = kSigning.get_or_default(ctx, {stay.consensus});
  const std::uint64_t epoch_from = std::max(stay.epoch_start, stay.from_height);
  Attendance out;
  out.blocks = overlap(stay.from_height, stay.now, 0);
  out.epoch_blocks = overlap(epoch_from, stay.now, 0);
  if (signing.from_height() == stay.from_height) {
    out.missed = signing.missed();
    if (signing.epoch_start() == stay.epoch_start) out.epoch_missed = signing.epoch_missed();
  }
  if (const auto absence = kAbsences.get(ctx, {stay.consensus})) {
    out.missed += overlap(absence->since_height(), stay.now, stay.from_height);
    out.epoch_missed += overlap(absence->since_height(), stay.now, epoch_from);
  }
  out.missed = std::min(out.missed, out.blocks);
  out.epoch_missed = std::min(out.epoch_missed, out.epoch_blocks);
  return out;
}

BlockEndStep votes_step() { return {.name = "slashing.votes", .run = note_votes}; }

}  // namespace cambium::chain::slashing
