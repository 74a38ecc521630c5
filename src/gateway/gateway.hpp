// The gateway role: the HTTP API and the dashboard of a running node, on two ports.
#pragma once

#include <memory>
#include <string>

#include "node/node.hpp"

namespace cambium::gateway {

class Gateway {
 public:
  /// Opens the credit ledger of the node's home and listens on the addresses of its settings
  /// (gateway.*). The node outlives the gateway and may still be making its first model. A port in
  /// use is an `io` error that names it.
  static Result<std::unique_ptr<Gateway>> start(node::Node& node);
  /// Ends every connection and answer; what was delivered is billed.
  ~Gateway();

  /// "http://127.0.0.1:8080"
  std::string url() const;
  std::uint16_t port() const;
  std::uint16_t compute_port() const;

 private:
  struct Impl;
  explicit Gateway(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace cambium::gateway
