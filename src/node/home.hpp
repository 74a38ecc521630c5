// The home directory: where everything of a node lies, and the lock that keeps a second one out.
#pragma once

#include <filesystem>

#include "base/config.hpp"
#include "base/random.hpp"
#include "base/clock.hpp"
#include "cambium/chain/v1/chain.pb.h"
#include "learn/profile.hpp"
#include "node/keystore.hpp"

namespace cambium::node {

struct HomePaths {
  std::filesystem::path root;

  std::filesystem::path config() const { return root / "cambium.toml"; }
  std::filesystem::path keys() const { return root / "keys"; }
  std::filesystem::path lock() const { return root / "lock"; }
  std::filesystem::path genesis(std::string_view alias) const {
    return root / "chains" / alias / "genesis.json";
  }
  std::filesystem::path blocks(std::string_view alias) const {
    return root / "chains" / alias / "blocks";
  }
  std::filesystem::path state(std::string_view alias) const {
    return root / "chains" / alias / "state";
  }
  /// CometBFT's own folder, where it orders this chain.
  std::filesystem::path comet(std::string_view alias) const {
    return root / "chains" / alias / "cometbft";
  }
  std::filesystem::path snapshots(std::string_view alias) const {
    return root / "chains" / alias / "snapshots";
  }
  std::filesystem::path logs() const { return root / "logs"; }
  std::filesystem::path store() const { return root / "store"; }
  std::filesystem::path index() const { return root / "index.db"; }
  std::filesystem::path datasets() const { return root / "datasets"; }
  std::filesystem::path train(std::string_view run) const { return root / "train" / run; }
  std::filesystem::path story() const { return root / "story.json"; }
};

/// Held for the life of the process; the kernel lets go of it when the process dies.
class HomeLock {
 public:
  /// `refused` when another process holds it, with its process id.
  static Result<HomeLock> take(const HomePaths& paths);
  HomeLock(HomeLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  HomeLock& operator=(HomeLock&&) = delete;
  ~HomeLock();

 private:
  explicit HomeLock(int fd) : fd_(fd) {}
  int fd_;
};

/// Makes what is missing: folders, settings, keys, both genesis records. Every step may be cut off
/// and done again; what is there stays as it is.
struct Bootstrap {
  const HomePaths& paths;
  Keystore& keys;
  Random& random;
  const Clock& clock;
  learn::Profile profile = learn::Profile::full;
  /// Aliases of the chains; one that is not named gets no genesis.
  std::vector<std::string> chains = {"utility", "compute-0"};
};
Status bootstrap_home(const Bootstrap& job);

/// The genesis record of a chain from its file.
Result<chain::v1::Genesis> read_genesis(const HomePaths& paths, std::string_view alias);

}  // namespace cambium::node
