// Back to an earlier pair of heights of a home's chains, each under a new name. The pair is packet
// consistent: neither chain knows of a block of the other above the other's height, so nothing was
// received that is not sent, and nothing acknowledged that did not arrive.
#pragma once

#include "engine/recovery/stopped_chain.hpp"

namespace cambium::engine {

/// Who says that it may be done.
enum class RollbackAuthority : std::uint8_t {
  order,           // the validators, by a certified order of governance
  operator_alone,  // whoever calls, where no order is in force
};

struct RollbackRequest {
  std::filesystem::path home;
  /// The leading chain first: its height is asked for, and its governance orders.
  std::vector<std::string> aliases;
  std::optional<Height> height;  // of the leading chain; else the order's, else the newest snapshot
  std::optional<Height> first;   // of the first new block, on every chain
  /// What others of the network went on with already: height, name and first block come from it, on
  /// the leading chain, and nothing is done unless the same comes out here.
  std::optional<chain::v1::Genesis> follow;
  RollbackAuthority authority = RollbackAuthority::order;
  std::uint64_t ignored_checkpoint = 0;  // the act of one that the operator does not follow
  TimeMs now;
};

struct RollbackPlan {
  std::vector<LifePlan> lives;
  std::vector<Height> newest;  // what each chain had reached, as far as this home knows
  std::optional<std::uint64_t> order;  // the act that certifies it
  std::string label;                   // of the folder that the present lives go to
};

/// The height whose state a plan takes.
Height height_of(const StateSource& source);

/// Chooses the heights and names; changes nothing. `refused` when governance has ordered something
/// else, trusts a block that would be given up, or has ordered nothing and the operator does not
/// take it on himself; `not_found` when a height, or its counterpart, is neither in a snapshot nor
/// in the state.
Result<RollbackPlan> plan_rollback(const RollbackRequest& request);

/// Prepares every life, then makes them the present ones. The credit ledger is not touched.
Result<std::vector<PreparedLife>> carry_out(const std::filesystem::path& home,
                                            const RollbackPlan& plan, const OnRecovery& tell);

/// What a change of lives is taken back to.
struct Undone {
  std::vector<std::string> chain_ids;
  Height newest;  // of the leading chain
};
/// Brings back what the last change put into `before`, so that another can be made. `refused` where
/// the present lives have made blocks. What a validator has signed since stays known, so it does
/// not vote below that.
Result<Undone> undo_change(const std::filesystem::path& home,
                           const std::vector<std::string>& aliases);

}  // namespace cambium::engine
