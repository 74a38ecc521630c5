// Says in the node's log when its peers stand on something else than the node.
#pragma once

#include <map>

#include "base/clock.hpp"
#include "engine/cometbft/peers/standing.hpp"
#include "engine/cometbft/process/log_watch.hpp"
#include "engine/cometbft/process/rpc.hpp"

namespace cambium::engine {

class PeerWatch {
 public:
  struct Place {
    std::string alias;
    std::uint16_t rpc_port = 0;
    std::filesystem::path log;  // CometBFT's
  };
  /// The clock is borrowed.
  PeerWatch(Place place, Standing mine, const Clock& clock);

  /// Asks CometBFT for its peers and reads what is new in its log. Each sentence is said once in
  /// ten minutes. Used by one thread.
  void look();

 private:
  void say(const std::string& sentence);

  const Place place_;
  const Standing mine_;
  const Clock& clock_;
  const CometRpc rpc_;
  LogWatch turned_away_;
  std::map<std::string, TimeMs> said_;
};

}  // namespace cambium::engine
