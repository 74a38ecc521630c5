#include "chain/modules/treasury/disputes.hpp"

#include <algorithm>

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/beacon/beacon.hpp"
#include "chain/modules/evaluation/draw.hpp"
#include "chain/modules/governance/votes/tier.hpp"
#include "chain/modules/treasury/params.hpp"
#include "crypto/sha256.hpp"

namespace cambium::chain::treasury {
namespace {

constexpr std::size_t kMaxDuePerBlock = 20;
constexpr std::size_t kMaxDrawsPerBlock = 1;  // each may look at the whole pool of arbitrators
constexpr std::size_t kSmallestPanel = 3;
constexpr std::int64_t kDrawForMs = 30 * kDayMs;  // then a dispute without a panel is dropped

void hold_deposits(Context& ctx, std::uint64_t in, std::uint64_t out) {
  auto book = kBook.get_or_default(ctx, {});
  book.set_held_ucbm(book.held_ucbm() + in - out);
  kBook.put(ctx, {}, book);
}

void pay_deposit(Context& ctx, const Payment& payment) {
  CHECK(bank::transfer(ctx, {disputes_account(), payment.to, bank::coin(payment.ucbm)}) ==
            TxStatus::ok,
        "a dispute's deposit is not where it was put");
}

bool contains(const auto& list, const std::string& account) {
  return std::ranges::find(list, account) != list.end();
}

/// Everybody who may sit: no party, no reviewer, nobody who sat before.
std::vector<Address> eligible(const ReadContext& ctx, const pb::Dispute& dispute) {
  const auto bounty = kBounties.get_or_default(ctx, {dispute.bounty()});
  auto pool = governance::arbitrators(ctx, kTreasuryParams.get_or_default(ctx, {}).min_tier3());
  std::erase_if(pool, [&](const Address& account) {
    const std::string field = to_field(account);
    return field == dispute.claimant() || contains(bounty.reviewers(), field) ||
           contains(dispute.served(), field);
  });
  return pool;
}

/// The rounding stays with the treasury. Arbitrators are paid whoever won, so that no ruling pays
/// better than the other; the treasury makes a depositor whole who was right.
void settle_deposit(Context& ctx, const pb::Dispute& dispute) {
  std::vector<Address> served;
  for (const auto& who : dispute.for_claimant()) served.push_back(to_address(who));
  for (const auto& who : dispute.against()) served.push_back(to_address(who));
  const Address depositor = to_address(dispute.depositor());
  const std::uint64_t deposit = dispute.deposit_ucbm();
  hold_deposits(ctx, 0, deposit);
  if (served.empty()) return pay_deposit(ctx, {depositor, deposit});
  const std::uint64_t each = deposit / served.size();
  for (const Address& arbitrator : served) pay_deposit(ctx, {arbitrator, each});
  pay_deposit(ctx, {treasury_account(), deposit - each * served.size()});
  const bool by_claimant = dispute.depositor() == dispute.claimant();
  if (by_claimant == dispute.claimant_won()) {
    (void)pay_free(ctx, {depositor, std::min(deposit, free_ucbm(ctx))});
  }
}

/// The last word: the bounty is paid or stays open to others.
void close(Context& ctx, std::uint64_t id, pb::Dispute& dispute) {
  dispute.set_status(pb::DISPUTE_STATUS_FINAL);
  auto bounty = kBounties.get_or_default(ctx, {dispute.bounty()});
  bounty.set_open_disputes(bounty.open_disputes() - 1);
  kBounties.put(ctx, {dispute.bounty()}, bounty);
  const bool open = bounty.status() == pb::BOUNTY_STATUS_OPEN;
  if (dispute.claimant_won() && open) {
    const TxStatus paid =
        pay_bounty(ctx, {dispute.bounty(), to_address(dispute.claimant())}, bounty);
    CHECK(paid == TxStatus::ok, "a promised bounty could not be paid");
  }
  save_dispute(ctx, id, dispute, {0});
  ctx.emit("treasury.dispute_closed",
           {{"dispute", std::to_string(id)},
            {"winner", dispute.claimant_won() ? "claimant" : "reviewers"}});
}

void draw(Context& ctx, std::uint64_t id, pb::Dispute& dispute) {
  const std::int64_t now = ctx.block().time.value;
  const auto beacon = ctx.block().draw({dispute.asked_height()});
  if (!beacon) return;  // still due in the next block
  const Hash seed = crypto::sha256({as_bytes("cambium/arbitrators/v1"), *beacon});
  auto order = evaluation::draw_order({seed.view(), id, dispute.round()}, eligible(ctx, dispute));
  if (order.size() < kSmallestPanel) {
    if (now < dispute.opened_ms() + kDrawForMs) {
      return save_dispute(ctx, id, dispute, {now + kDayMs});
    }
    hold_deposits(ctx, 0, dispute.deposit_ucbm());
    pay_deposit(ctx, {to_address(dispute.depositor()), dispute.deposit_ucbm()});
    dispute.set_deposit_ucbm(0);
    return close(ctx, id, dispute);
  }
  if (order.size() > dispute.seats()) order.resize(dispute.seats());
  std::ranges::sort(order);
  for (const Address& arbitrator : order) {
    dispute.add_panel(to_field(arbitrator));
    dispute.add_served(to_field(arbitrator));
  }
  dispute.set_seats(static_cast<std::uint32_t>(order.size()));
  dispute.set_status(pb::DISPUTE_STATUS_RULING);
  dispute.set_beacon_kind(ctx.block().beacon_kind);
  const auto window = kTreasuryParams.get_or_default(ctx, {}).ruling_window_ms();
  save_dispute(ctx, id, dispute, {now + window});
  ctx.emit("treasury.panel_drawn", {{"dispute", std::to_string(id)},
                                    {"round", std::to_string(dispute.round())},
                                    {"seats", std::to_string(dispute.seats())}});
}

void handle(Context& ctx, std::uint64_t id, pb::Dispute& dispute) {
  switch (dispute.status()) {
    case pb::DISPUTE_STATUS_DRAWING: return draw(ctx, id, dispute);
    case pb::DISPUTE_STATUS_RULING: return end_round(ctx, id, dispute);
    case pb::DISPUTE_STATUS_APPEALABLE: return close(ctx, id, dispute);
    default: return;
  }
}

Bytes run_due(Context& ctx, ByteView) {
  std::vector<std::uint64_t> due;
  const auto now = static_cast<std::uint64_t>(ctx.block().time.value);
  kDisputeDue.scan(ctx, kDisputeDue.prefix(), [&](const auto& key, const pb::Due&) {
    if (std::get<0>(key) > now || due.size() >= kMaxDuePerBlock) return ScanStep::stop;
    due.push_back(std::get<1>(key));
    return ScanStep::next;
  });
  std::size_t draws = 0;
  for (const std::uint64_t id : due) {
    auto dispute = kDisputes.get(ctx, {id});
    CHECK(dispute, "something is due of a dispute that does not exist");
    const bool draws_panel = dispute->status() == pb::DISPUTE_STATUS_DRAWING;
    if (draws_panel && ++draws > kMaxDrawsPerBlock) continue;  // it is still due next time
    handle(ctx, id, *dispute);
  }
  return {};
}

}  // namespace

TxStatus pay_bounty(Context& ctx, const Claim& claim, pb::Bounty& bounty) {
  bounty.set_status(pb::BOUNTY_STATUS_PAID);
  bounty.set_winner(to_field(claim.claimant));
  kBounties.put(ctx, {claim.bounty}, bounty);
  ctx.emit("treasury.bounty_paid", {{"bounty", std::to_string(claim.bounty)},
                                    {"winner", claim.claimant.text()},
                                    {"amount", std::to_string(bounty.amount_ucbm())}});
  return pay_promised(ctx, {claim.claimant, bounty.amount_ucbm()});
}

std::uint64_t deposit_of_round(const pb::Params& params, std::uint32_t round) {
  const u128 deposit = u128(params.dispute_deposit_ucbm()) << (round - 1);
  return deposit > UINT64_MAX ? UINT64_MAX : std::uint64_t(deposit);
}

void save_dispute(Context& ctx, std::uint64_t id, pb::Dispute& dispute, TimeMs due) {
  if (dispute.due_ms() != 0) kDisputeDue.erase(ctx, {std::uint64_t(dispute.due_ms()), id});
  dispute.set_due_ms(due.value);
  if (due.value != 0) kDisputeDue.put(ctx, {std::uint64_t(due.value), id}, {});
  kDisputes.put(ctx, {id}, dispute);
}

TxStatus begin_round(Context& ctx, const NewRound& round, pb::Dispute& dispute) {
  const auto params = kTreasuryParams.get_or_default(ctx, {});
  dispute.set_round(dispute.round() + 1);
  dispute.set_seats(params.panel_size() << (dispute.round() - 1));
  dispute.clear_panel();
  dispute.clear_for_claimant();
  dispute.clear_against();
  dispute.set_status(pb::DISPUTE_STATUS_DRAWING);
  dispute.set_opened_ms(ctx.block().time.value);
  dispute.set_depositor(to_field(round.depositor));
  dispute.set_deposit_ucbm(deposit_of_round(params, dispute.round()));
  TRY_TX(bank::transfer(ctx, {round.depositor, disputes_account(),
                              bank::coin(dispute.deposit_ucbm())}));
  hold_deposits(ctx, dispute.deposit_ucbm(), 0);
  // A round that nobody knows yet draws the panel: the next block's at the earliest.
  dispute.set_asked_height(ctx.block().height.value);
  beacon::ask(ctx);
  save_dispute(ctx, round.dispute, dispute, {ctx.block().time.value + 1});
  return TxStatus::ok;
}

Side majority(const pb::Dispute& dispute) {
  const int needed = int(dispute.seats() / 2) + 1;
  if (dispute.for_claimant_size() >= needed) return Side::claimant;
  return dispute.against_size() >= needed ? Side::reviewers : Side::undecided;
}

void end_round(Context& ctx, std::uint64_t id, pb::Dispute& dispute) {
  // Silence and ties leave what was so before: the reviewers' word, or the round below.
  if (dispute.for_claimant_size() != dispute.against_size()) {
    dispute.set_claimant_won(dispute.for_claimant_size() > dispute.against_size());
  }
  settle_deposit(ctx, dispute);
  dispute.set_deposit_ucbm(0);
  const auto params = kTreasuryParams.get_or_default(ctx, {});
  ctx.emit("treasury.ruled", {{"dispute", std::to_string(id)},
                              {"round", std::to_string(dispute.round())},
                              {"for_claimant", std::to_string(dispute.for_claimant_size())},
                              {"against", std::to_string(dispute.against_size())}});
  if (dispute.round() >= params.max_rounds()) return close(ctx, id, dispute);
  dispute.set_status(pb::DISPUTE_STATUS_APPEALABLE);
  save_dispute(ctx, id, dispute, {ctx.block().time.value + params.appeal_window_ms()});
}

BlockEndStep dispute_step() { return {.name = "treasury.disputes", .run = run_due}; }

}  // namespace cambium::chain::treasury
