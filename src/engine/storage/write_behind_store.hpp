// A NodeStore that gathers the writes of many heights in memory and hands them to the store below
// in one synced batch. A tree's upper pages are rewritten at every height and a B-tree page holds
// several entries, so the disk sees a fraction of the writes, in order, once.
//
// What was buffered is lost with the process: the state then stands at its last checkpoint, and
// the engine replays the later blocks from its log, which is durable. A store that is only ever
// written by synced batches cannot be torn by a power cut.
#pragma once

#include <filesystem>
#include <map>
#include <shared_mutex>

#include "state/node_store.hpp"

namespace cambium::engine {

struct WriteBehindOptions {
  /// A checkpoint is made when this much is waiting: more makes each write cheaper.
  std::size_t max_pending_bytes = 256u << 20;
  /// And after this many writes, because a crash makes the engine replay as many blocks.
  std::uint64_t max_pending_writes = 512;
};

namespace detail {
struct Pending;
}

class WriteBehindStore final : public state::NodeStore {
 public:
  WriteBehindStore(std::unique_ptr<state::NodeStore> base, WriteBehindOptions options = {});
  ~WriteBehindStore() override;

  Result<std::unique_ptr<state::StoreReader>> read() const override;
  /// `synced` makes a checkpoint at once.
  Status write(const state::WriteBatch& batch, state::Durability durability) override;
  /// Makes a checkpoint. An owner that stops calls it; otherwise it has blocks to replay.
  Status sync() override;

 private:
  std::unique_ptr<state::NodeStore> base_;
  WriteBehindOptions options_;
  mutable std::shared_mutex mutex_;  // guards which pending set there is, and its contents
  std::shared_ptr<detail::Pending> pending_;
};

/// What a node uses: writes gathered over LMDB in `folder`.
Result<std::unique_ptr<state::NodeStore>> open_state_store(const std::filesystem::path& folder);

}  // namespace cambium::engine
