// What the killed job had acknowledged, written outside its home: one line per block, transaction
// and checkpoint, in a file that its parent keeps.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "acks_file.hpp"
#include "node/node.hpp"

namespace cambium::crash {

/// From now on every passage of a crash point is noted, and every checkpoint that was written. The
/// file must outlive the process's other threads.
void record_points(AckFile& file, const std::filesystem::path& home);

/// While this lives, every final block with its transactions is noted, and where each training run
/// went on. The node is opened and not yet started.
class Recorder {
 public:
  Recorder(node::Node& node, AckFile& file);
  ~Recorder();

 private:
  node::Node& node_;
  std::vector<std::unique_ptr<engine::Subscription>> subscriptions_;
  std::uint64_t listener_ = 0;
};

/// One acknowledged transaction: on which chain and in which block.
struct AckedTx {
  std::string alias;
  std::uint64_t height = 0;
};
struct Acks {
  std::map<std::pair<std::string, std::uint64_t>, std::string> blocks;  // (alias, height) -> hash
  std::map<std::string, AckedTx> txs;                                   // by id
};
/// `corrupt` when two lines contradict each other: something was acknowledged twice.
Result<Acks> read_acks(const std::filesystem::path& path);

}  // namespace cambium::crash
