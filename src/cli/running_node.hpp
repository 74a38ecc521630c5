// A node of this process with its gateway, opened and closed in the right order.
#pragma once

#include <filesystem>
#include <memory>

#include "cli/home_dir.hpp"
#include "cli/interrupts.hpp"
#include "gateway/gateway.hpp"
#include "node/main_job.hpp"

namespace cambium::cli {

class RunningNode {
 public:
  struct Plan {
    std::filesystem::path home;
    Config config;
    learn::Profile profile;
  };
  /// Logs go to <home>/logs/cambium.log, warnings also to stderr.
  static Result<std::unique_ptr<RunningNode>> start(Invocation& call, Plan plan);
  ~RunningNode();

  node::Node& node() { return *node_; }
  std::string url() const { return gateway_->url(); }
  std::uint16_t compute_port() const { return gateway_->compute_port(); }

 private:
  RunningNode() = default;

  std::unique_ptr<node::Node> node_;
  std::unique_ptr<gateway::Gateway> gateway_;  // last: it uses the node
};

}  // namespace cambium::cli
