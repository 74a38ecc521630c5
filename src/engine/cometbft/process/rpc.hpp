// The few calls of CometBFT's JSON-RPC that the engine makes to its own child.
#pragma once

#include <cstdint>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "base/ids.hpp"
#include "base/result.hpp"

namespace cambium::engine {

class CometRpc {
 public:
  explicit CometRpc(std::uint16_t port) : port_(port) {}

  std::uint16_t port() const { return port_; }
  /// What the mempool said: code 0 when the transaction was taken or is there already.
  struct Broadcast {
    std::uint32_t code = 0;
    std::string log;
  };
  /// `unavailable` while CometBFT starts, or when its mempool is full.
  Result<Broadcast> broadcast(ByteView tx) const;
  /// The result object of any method; `params` is a JSON object.
  Result<nlohmann::json> call(const std::string& method, const nlohmann::json& params) const;

 private:
  std::uint16_t port_;
};

/// Standard base64 with padding; nothing for other text.
std::string to_base64(ByteView bytes);
std::optional<Bytes> from_base64(std::string_view text);

}  // namespace cambium::engine
