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

Result<Height> leading_height(const RollbackRequest& request, const StoppedChain& chain,
                              const std::optional<RollbackOrder>& order) {
  if (order && request.height && *request.height != order->height) {
    return fail(ErrorCode::refused,
                fmt::format("The validators have ordered a rollback to height {} (act {}), not to "
                            "{}; leave the height out to follow them.",
                            order->height.value, order->act, request.height->value));
  }
  if (order) return order->height;
  if (request.authority == RollbackAuthority::order) {
    return fail(ErrorCode::refused,
                fmt::format("No order of the validators for a rollback of {} is in force. Vote one "
                            "(`cambium gov`), or take it on yourself with --without-order.",
                            chain.chain_id()));
  }
  if (request.height) return *request.height;
  const auto points = chain.snapshots().points();
  if (!points.empty()) return points.front().height();
  return fail(ErrorCode::not_found,
              fmt::format("{} has no snapshot; say which height to go back to.", chain.alias()));
}

Result<Height> first_height(const RollbackRequest& request, const StoppedChain& chain) {
  const Height highest = chain.highest_signed();
  if (!request.first) return first_after(highest);
  if (*request.first > highest) return *request.first;
  return fail(ErrorCode::refused,
              fmt::format("Height {} of {} may have been signed already, and nothing is signed "
                          "twice; begin above {}.",
                          request.first->value, chain.chain_id(), highest.value));
}

Result<std::string> new_name(const StoppedChain& chain, bool leads,
                             const std::optional<RollbackOrder>& order) {
  if (!leads || !order) return chain::next_revision(chain.chain_id());
  if (order->chain_id != chain.chain_id() &&
      chain::same_lineage(order->chain_id, chain.chain_id())) {
    return order->chain_id;
  }
  return fail(ErrorCode::refused,
              fmt::format("The order names `{}` for the new chain, which is no later revision of "
                          "{}; it has to be voted anew.", order->chain_id, chain.chain_id()));
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
  RollbackPlan plan;
  TRY(const auto order, order_in_force(chains.front(), request.now));
  TRY(const Height height, leading_height(request, chains.front(), order));
  if (order) plan.order = order->act;
  TRY(const auto sources, packet_consistent(chains, height));
  std::vector<chain::ChainRename> names;
  for (const auto& chain : chains) {
    TRY(auto name, new_name(chain, &chain == &chains.front(), order));
    names.push_back({chain.chain_id(), std::move(name)});
  }
  for (std::size_t i = 0; i < chains.size(); ++i) {
    TRY(const Height first, first_height(request, chains[i]));
    LifePlan life{.alias = chains[i].alias(), .source = sources[i],
                  .life = {names[i].to, first, names}, .former_id = names[i].from,
                  .modules = chains[i].modules()};
    plan.newest.push_back(chains[i].highest_signed());
    plan.lives.push_back(std::move(life));
  }
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
