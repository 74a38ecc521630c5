#include "engine/recovery/pairing.hpp"

#include <fmt/format.h>

namespace cambium::engine {
namespace {

Height seen_of(const std::vector<SeenChain>& seen, const std::string& chain_id) {
  for (const auto& chain : seen) {
    if (chain.chain_id == chain_id) return chain.height;
  }
  return {0};
}

/// A height that can be gone back to, and what its state knows of other chains.
struct Candidate {
  StateSource source;
  Height height;
  std::vector<SeenChain> sees;
};

std::optional<Candidate> stored(const StoppedChain& chain, Height height) {
  const auto point = chain.snapshots().point(height);
  if (!point) return std::nullopt;
  return Candidate{StoredState{chain.snapshots().folder(), height}, height, point->sees};
}

std::optional<Candidate> live(const StoppedChain& chain, Height height) {
  const auto view = chain.state_at(height);
  if (!view) return std::nullopt;
  const auto head = chain.head_at(height);
  if (!head) return std::nullopt;
  auto sees = seen_chains(*view);
  if (!view->health()) return std::nullopt;
  return Candidate{LiveState{chain.state_folder(), height, *head}, height, std::move(sees)};
}

Result<Candidate> leading(const StoppedChain& chain, Height height) {
  if (auto found = stored(chain, height)) return std::move(*found);
  if (auto found = live(chain, height)) return std::move(*found);
  return fail(ErrorCode::not_found,
              fmt::format("Height {} of {} is neither in a snapshot nor kept in its state; "
                          "`cambium snapshot list` shows where one can go back to.",
                          height.value, chain.chain_id()));
}

/// What a follower's height may be: at least what the leader has seen of it, and knowing of the
/// leader nothing above the leader's height.
struct Bounds {
  Height lowest;
  std::string leader;
  Height leader_height;
};

bool fits(const Candidate& candidate, const Bounds& bounds) {
  return candidate.height >= bounds.lowest &&
         seen_of(candidate.sees, bounds.leader) <= bounds.leader_height;
}

std::optional<Candidate> newest_stored(const StoppedChain& chain, const Bounds& bounds) {
  for (const auto& point : chain.snapshots().points()) {
    auto candidate = stored(chain, point.height());
    if (candidate && fits(*candidate, bounds)) return candidate;
  }
  return std::nullopt;
}

/// What a chain knows of another only grows, so the highest height that fits is found by halving.
std::optional<Candidate> newest_live(const StoppedChain& chain, const Bounds& bounds) {
  const auto newest = chain.newest();
  if (!newest) return std::nullopt;
  std::optional<Candidate> found;
  std::uint64_t low = std::max(bounds.lowest.value, chain.genesis().initial_height() - 1);
  std::uint64_t high = newest->value;
  while (low <= high) {
    const std::uint64_t middle = low + (high - low) / 2;
    auto candidate = live(chain, {middle});
    const bool pruned = !candidate;  // heights below are gone as well
    if (candidate && fits(*candidate, bounds)) found = std::move(candidate);
    if (pruned || (found && found->height.value == middle)) {
      low = middle + 1;
    } else {
      if (middle == 0) break;
      high = middle - 1;
    }
  }
  return found;
}

Result<Candidate> following(const StoppedChain& chain, const Bounds& bounds) {
  auto snapshot = newest_stored(chain, bounds);
  auto state = newest_live(chain, bounds);
  if (snapshot && (!state || snapshot->height >= state->height)) return std::move(*snapshot);
  if (state) return std::move(*state);
  return fail(ErrorCode::not_found,
              fmt::format("No height of {} that can be gone back to fits height {} of {}: it would "
                          "have to be at least {} and know of nothing later. Choose another "
                          "height.",
                          chain.chain_id(), bounds.leader_height.value, bounds.leader,
                          bounds.lowest.value));
}

}  // namespace

Result<std::vector<StateSource>> packet_consistent(const std::vector<StoppedChain>& chains,
                                                   Height height) {
  TRY(const auto leader, leading(chains.front(), height));
  std::vector<StateSource> out = {leader.source};
  for (std::size_t i = 1; i < chains.size(); ++i) {
    const Bounds bounds{seen_of(leader.sees, chains[i].chain_id()), chains.front().chain_id(),
                        height};
    TRY(const auto follower, following(chains[i], bounds));
    out.push_back(follower.source);
  }
  return out;
}

}  // namespace cambium::engine
