// A chain of a home whose node does not run, as far as its folders can be read.
#pragma once

#include "chain/genesis.hpp"
#include "engine/log/block_log.hpp"
#include "engine/recovery/life.hpp"

namespace cambium::engine {

class StoppedChain {
 public:
  /// `not_found` where the home has no such chain. A state or record that cannot be opened does not
  /// stop this: snapshots may be all that is left.
  static Result<StoppedChain> open(const std::filesystem::path& home, const std::string& alias);

  const std::string& alias() const { return alias_; }
  const chain::v1::Genesis& genesis() const { return genesis_; }
  const std::string& chain_id() const { return genesis_.chain_id(); }
  std::vector<std::string> modules() const;
  std::filesystem::path state_folder() const { return home_.state(); }
  const SnapshotStore& snapshots() const { return snapshots_; }

  /// The newest height of the state, where it can be read.
  std::optional<Height> newest() const;
  Result<state::HeightView> state_at(Height height) const;
  /// The block's time and hash, from whatever still knows them.
  Result<HeadRecord> head_at(Height height) const;
  /// The highest that this home may ever have signed: blocks, state, snapshots, and what CometBFT
  /// noted of its validator.
  Height highest_signed() const;

 private:
  StoppedChain(ChainHome home, std::string alias, chain::v1::Genesis genesis)
      : home_(std::move(home)), alias_(std::move(alias)), genesis_(std::move(genesis)),
        snapshots_(home_.snapshots()) {}
  std::uint64_t noted_by_validator() const;

  ChainHome home_;
  std::string alias_;
  chain::v1::Genesis genesis_;
  SnapshotStore snapshots_;
  std::unique_ptr<state::NodeStore> store_;
  std::unique_ptr<Disk> disk_;
  std::unique_ptr<BlockLog> log_;
};

}  // namespace cambium::engine
