// A chain's next life: its state taken from somewhere, checked, and made ready beside the present
// one, so that a crash at any moment leaves the one or the other.
#pragma once

#include <functional>
#include <variant>

#include "chain/revision.hpp"
#include "engine/snapshots/snapshot_store.hpp"

namespace cambium::engine {

/// Where one chain lies in a home, what of a change lies there until it is complete, and what was
/// there before.
struct ChainHome {
  std::filesystem::path chain;  // <home>/chains/<alias>

  static ChainHome of(const std::filesystem::path& home, std::string_view alias) {
    return {home / "chains" / alias};
  }
  std::filesystem::path state() const { return chain / "state"; }
  std::filesystem::path blocks() const { return chain / "blocks"; }
  std::filesystem::path snapshots() const { return chain / "snapshots"; }
  std::filesystem::path genesis() const { return chain / "genesis.json"; }
  std::filesystem::path comet() const { return chain / "cometbft"; }
  std::filesystem::path next() const { return chain / "next"; }
  std::filesystem::path before(std::string_view label) const { return chain / "before" / label; }
};

/// The state of a height as a home still has it. The store is read while its node does not run.
struct LiveState {
  std::filesystem::path folder;
  Height height;
  HeadRecord head;  // of that height
};
/// The same in a folder of snapshots.
struct StoredState {
  std::filesystem::path folder;
  Height height;
};
using StateSource = std::variant<LiveState, StoredState>;

/// What people see of a long step: its name, and chunks of entries done of all (0: not known).
struct RecoveryStep {
  std::string name;
  SnapshotProgress progress;
};
using OnRecovery = std::function<void(const RecoveryStep&)>;

/// How a chain goes on.
struct LifePlan {
  std::string alias;
  StateSource source;
  chain::NewLife life;
  std::string former_id;             // what the chain was called
  std::vector<std::string> modules;  // that it has
  std::optional<Hash> genesis_hash = {};  // that must come out, where others went on already
};

/// What was made.
struct PreparedLife {
  std::string alias;
  std::string chain_id;
  Height from;  // whose state goes on
  Height first;  // of the first block to come
  Hash source_root;
  Hash state_root;  // that the new life begins with: other than source_root where names changed
  Hash genesis_hash;
};

/// Fills `next()`: the state, whole and audited against every invariant, its genesis, and a full
/// snapshot of it, from which a lost state folder can be made again.
Result<PreparedLife> prepare_life(const std::filesystem::path& home, const LifePlan& plan,
                                  const OnRecovery& tell);

/// Prepares all of them, or none.
Result<std::vector<PreparedLife>> prepare_lives(const std::filesystem::path& home,
                                                const std::vector<LifePlan>& plans,
                                                const OnRecovery& tell);

/// Makes prepared lives the present ones; the earlier ones go to `before(label)`. Cut off, it is
/// finished by `finish_change`. CometBFT's record of what its validator signed never moves.
struct Change {
  std::vector<std::string> aliases;
  std::string label;
  /// Whose folder in `before` becomes the present life instead of what was prepared; empty: none.
  std::string back_to = {};
};
Status change_lives(const std::filesystem::path& home, const Change& change);
/// The folder in `before` that a change with this label went to last; empty where there is none.
std::string newest_label(const ChainHome& home, const std::string& label);
/// Goes on with a change that a crash interrupted, or removes what was being prepared for one. The
/// caller holds the home's lock.
Status finish_change(const std::filesystem::path& home);

}  // namespace cambium::engine
