#include "engine/cometbft/peers/peer_watch.hpp"

#include <nlohmann/json.hpp>

#include "base/log.hpp"

namespace cambium::engine {
namespace {

constexpr std::int64_t kAgainMs = 600'000;

}  // namespace

PeerWatch::PeerWatch(Place place, Standing mine, const Clock& clock)
    : place_(std::move(place)), mine_(std::move(mine)), clock_(clock), rpc_(place_.rpc_port),
      turned_away_(place_.log, std::string(kOtherNetwork)) {}

void PeerWatch::look() {
  while (const auto line = turned_away_.next()) {
    if (const auto sentence = other_network(*line, mine_)) say(*sentence);
  }
  const auto peers = rpc_.call("net_info", nlohmann::json::object());
  if (!peers) return;  // it is starting
  for (const auto& sentence : other_genesis(*peers, mine_)) say(sentence);
}

void PeerWatch::say(const std::string& sentence) {
  const TimeMs now = clock_.now();
  // Peers choose their names, so what is old is forgotten.
  std::erase_if(said_, [&](const auto& one) { return now.value - one.second.value >= kAgainMs; });
  if (!said_.try_emplace(sentence, now).second) return;
  spdlog::error("{}: {}", place_.alias, sentence);
}

}  // namespace cambium::engine
