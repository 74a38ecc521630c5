// Training runs on a node's board, where people watch them.
#pragma once

#include "client/node_api.hpp"

namespace cambium::client {

struct RunNews {
  std::uint64_t step = 0;
  std::uint64_t steps = 0;
  double loss = 0;  // nats per token
  double tokens_per_s = 0;
  double eta_s = 0;
};

/// One announced run. Reports that fail are dropped: training does not depend on who watches.
class RemoteRun {
 public:
  static Result<RemoteRun> begin(const NodeApi& node, const std::string& title);

  const std::string& id() const { return id_; }
  /// False when somebody asked the run to stop.
  bool report(const RunNews& news) const;
  /// "done", "failed" or "cancelled".
  void end(const std::string& state) const;

 private:
  RemoteRun(const NodeApi& node, std::string id) : node_(&node), id_(std::move(id)) {}
  bool post(const Json& body) const;

  const NodeApi* node_;
  std::string id_;
};

}  // namespace cambium::client
