#include "engine/recovery/rollback.hpp"

#include <fmt/format.h>

#include "engine/recovery/order.hpp"
#include "engine/recovery/pairing.hpp"

namespace cambium::engine {
namespace {

/// The new lives begin at a round height well above everything that this home has seen: other nodes
/// may have seen a few blocks more and come to the same number.
constexpr std::uint64_t kGap = 100;
constexpr std::uint64_t kRound = 1'000;

Height first_after(Height highest) {
  return {((highest.value + kGap) / kRound + 1) * kRound + 1};
}

/// One chain that is to go back, with what its validators want.
struct Wanted {
  const RollbackRequest& request;
  const StoppedChain& chain;
  const Orders& orders;
};

const char* name_of(const WayBack& order) {
  return order.kind == WayBack::Kind::rollback ? "a rollback" : "a reset of the consensus";
}

/// What others of the network went on with must follow from this chain.
Status check_followed(const Wanted& wanted) {
  const auto& genesis = *wanted.request.follow;
  const std::string& mine = wanted.chain.chain_id();
  if (genesis.has_origin() && genesis.origin().chain_id() == mine) return {};
  if (genesis.chain_id() == mine) {
    return fail(ErrorCode::refused,
                fmt::format("This home goes on as {} already. Where that came from another state "
                            "than the file's, take it back with `cambium snapshot undo` first.",
                            mine));
  }
  return fail(ErrorCode::refused,
              fmt::format("The genesis file is of {}, which goes on from {}; this home holds {}.",
                          genesis.chain_id(),
                          genesis.has_origin() ? genesis.origin().chain_id() : "nothing", mine));
}

std::optional<Height> named_height(const RollbackRequest& request) {
  if (request.follow) return Height{request.follow->origin().height()};
  return request.height;
}

Result<Height> leading_height(const Wanted& wanted) {
  const auto& order = wanted.orders.way_back;
  const auto named = named_height(wanted.request);
  if (order && named && *named != order->height) {
    return fail(ErrorCode::refused,
                fmt::format("The validators have ordered {} to height {} (act {}), not to {}; "
                            "leave the height out to follow them.",
                            name_of(*order), order->height.value, order->act, named->value));
  }
  if (order) return order->height;
  if (wanted.request.follow) return *named;
  if (wanted.request.authority == RollbackAuthority::order) {
    return fail(ErrorCode::refused,
                fmt::format("No order of the validators for a rollback of {} is in force. Vote one "
                            "(`cambium gov emergency`), follow others that went back already with "
                            "--genesis, or take it on yourself with --without-order.",
                            wanted.chain.chain_id()));
  }
  if (named) return *named;
  const auto points = wanted.chain.snapshots().points();
  if (!points.empty()) return points.front().height();
  return fail(ErrorCode::not_found, fmt::format("{} has no snapshot; say which height to go back "
                                                "to.", wanted.chain.alias()));
}

/// No block that validators trust is given up, unless they ordered that later, and what is gone
/// back to holds no other block in its place.
Status keeps_checkpoints(const Wanted& wanted, Height height) {
  const auto& order = wanted.orders.way_back;
  for (const auto& point : wanted.orders.checkpoints) {
    if (point.act == wanted.request.ignored_checkpoint) continue;
    if (point.height > height && order && order->act > point.act) continue;
    if (point.height > height) {
      return fail(ErrorCode::refused,
                  fmt::format("Height {} lies below block {}, which the validators have certified "
                              "since (act {}); it would be given up. Have a later order voted, or "
                              "wait until that act's time is over.",
                              height.value, point.height.value, point.act));
    }
    const auto head = wanted.chain.head_at(point.height);
    if (head) TRY_STATUS(agrees({point}, {head->height, head->hash}));
  }
  return {};
}

/// With an order all come to the same number, wherever each of them stopped.
Height round_first(const Wanted& wanted) {
  const Height highest = wanted.chain.highest_signed();
  if (const auto& order = wanted.orders.way_back) {
    const Height first = first_after({order->certified.value + kRound - kGap});
    if (first > highest) return first;
  }
  return first_after(highest);
}

Result<Height> first_height(const Wanted& wanted) {
  const Height highest = wanted.chain.highest_signed();
  const auto& named = wanted.request.first;
  if (!named) return round_first(wanted);
  if (*named > highest) return *named;
  return fail(ErrorCode::refused,
              fmt::format("Height {} of {} may have been signed already, and nothing is signed "
                          "twice; begin above {}.",
                          named->value, wanted.chain.chain_id(), highest.value));
}

Result<std::string> new_name(const Wanted& wanted) {
  const auto& order = wanted.orders.way_back;
  const auto& follow = wanted.request.follow;
  const std::string& mine = wanted.chain.chain_id();
  const bool ordered = order && !order->chain_id.empty();
  if (!ordered && !follow) return chain::next_revision(mine);
  const std::string name = ordered ? order->chain_id : follow->chain_id();
  if (name != mine && chain::same_lineage(name, mine)) return name;
  return fail(ErrorCode::refused,
              fmt::format("{} names `{}` for the new chain, which is no later revision of {}{}",
                          ordered ? "The order" : "The genesis file", name, mine,
                          ordered ? "; it has to be voted anew." : "."));
}

/// The other chains of the home take their names and first heights by themselves.
Result<LifePlan> life_of(const Wanted& wanted) {
  LifePlan out{.alias = wanted.chain.alias(), .source = {}, .life = {},
               .former_id = wanted.chain.chain_id(), .modules = wanted.chain.modules()};
  TRY(out.life.chain_id, new_name(wanted));
  if (const auto& follow = wanted.request.follow) {
    // Heights that were signed may be below: CometBFT's record keeps them from being signed again.
    out.life.first = {follow->initial_height()};
    out.genesis_hash = chain::genesis_hash(*follow);
  } else {
    TRY(out.life.first, first_height(wanted));
  }
  return out;
}

}  // namespace

Height height_of(const StateSource& source) {
  return std::visit([](const auto& from) { return from.height; }, source);
}

Result<RollbackPlan> plan_rollback(const RollbackRequest& request) {
  std::vector<StoppedChain> chains;
  for (const auto& alias : request.aliases) {
    TRY(auto chain, StoppedChain::open(request.home, alias));
    chains.push_back(std::move(chain));
  }
  TRY(const auto orders, orders_in_force(chains.front(), request.now));
  const Wanted leader{request, chains.front(), orders};
  if (request.follow) TRY_STATUS(check_followed(leader));
  TRY(const Height height, leading_height(leader));
  TRY_STATUS(keeps_checkpoints(leader, height));
  RollbackPlan plan;
  if (orders.way_back) plan.order = orders.way_back->act;
  TRY(const auto sources, packet_consistent(chains, height));
  const Orders none;
  RollbackRequest others = request;
  others.follow.reset();
  std::vector<chain::ChainRename> names;
  for (std::size_t i = 0; i < chains.size(); ++i) {
    TRY(auto life, life_of(i == 0 ? leader : Wanted{others, chains[i], none}));
    life.source = sources[i];
    names.push_back({life.former_id, life.life.chain_id});
    plan.newest.push_back(chains[i].highest_signed());
    plan.lives.push_back(std::move(life));
  }
  for (auto& life : plan.lives) life.life.others = names;
  plan.label = names.front().from;
  return plan;
}

Result<std::vector<PreparedLife>> carry_out(const std::filesystem::path& home,
                                            const RollbackPlan& plan, const OnRecovery& tell) {
  TRY(auto out, prepare_lives(home, plan.lives, tell));
  Change change{.aliases = {}, .label = plan.label};
  for (const auto& life : plan.lives) change.aliases.push_back(life.alias);
  TRY_STATUS(change_lives(home, change));
  return out;
}

}  // namespace cambium::engine
