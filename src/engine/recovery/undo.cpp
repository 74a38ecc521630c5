// Takes the last change of a home's lives back, so that another can be made in its place.
#include <fmt/format.h>

#include "engine/recovery/rollback.hpp"

namespace cambium::engine {
namespace {

/// Blocks of the present life are final for somebody.
Status made_nothing(const StoppedChain& chain) {
  const auto newest = chain.newest();
  if (!newest || newest->value < chain.genesis().initial_height()) return {};
  return fail(ErrorCode::refused,
              fmt::format("{} has made blocks up to {} since it goes on from another state; taking "
                          "that back would give them up.",
                          chain.chain_id(), newest->value));
}

}  // namespace

Result<Undone> undo_change(const std::filesystem::path& home,
                           const std::vector<std::string>& aliases) {
  Change change{.aliases = aliases, .label = {}};
  for (const auto& alias : aliases) {
    TRY(const auto chain, StoppedChain::open(home, alias));
    TRY_STATUS(made_nothing(chain));
    if (!change.label.empty()) continue;
    const std::string& former = chain.genesis().origin().chain_id();
    change.back_to = former.empty() ? "" : newest_label(ChainHome::of(home, alias), former);
    change.label = "undone-" + chain.chain_id();
  }
  if (change.back_to.empty()) {
    return fail(ErrorCode::not_found,
                fmt::format("{} keeps nothing in chains/{}/before that a rollback put there.",
                            home.string(), aliases.front()));
  }
  TRY_STATUS(change_lives(home, change));
  Undone out;
  for (const auto& alias : aliases) {
    TRY(const auto chain, StoppedChain::open(home, alias));
    out.chain_ids.push_back(chain.chain_id());
    if (out.chain_ids.size() == 1) out.newest = chain.highest_signed();
  }
  return out;
}

}  // namespace cambium::engine
