#include "engine/cometbft/peers/standing.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "chain/revision.hpp"

namespace cambium::engine {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kMark = " [genesis ";
constexpr std::size_t kShown = 16;  // hexadecimal digits of the hash

struct Peer {
  std::string name;
  std::string genesis;  // as far as its name tells it
};

std::optional<Peer> peer_of(const std::string& moniker) {
  const auto mark = moniker.rfind(kMark);
  if (mark == moniker.npos || !moniker.ends_with(']')) return std::nullopt;
  Peer out{moniker.substr(0, mark), moniker.substr(mark + kMark.size())};
  out.genesis.pop_back();
  if (out.genesis.size() != kShown) return std::nullopt;
  return out;
}

std::string text_at(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// The word after `label`, up to a comma, a quote or the end.
std::string word_after(const std::string& line, std::string_view label) {
  const auto at = line.find(label);
  if (at == line.npos) return "";
  const auto from = at + label.size();
  const auto end = line.find_first_of(",\"\\ ", from);
  return line.substr(from, end == line.npos ? line.npos : end - from);
}

/// Of two lives of one chain.
bool is_later(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() > b.size() : a > b;
}

}  // namespace

std::string peer_name(const std::string& moniker, const Hash& genesis) {
  return fmt::format("{}{}{}]", moniker, kMark, genesis.hex().substr(0, kShown));
}

std::vector<std::string> other_genesis(const Json& net_info, const Standing& mine) {
  std::vector<std::string> out;
  const auto peers = net_info.is_object() ? net_info.find("peers") : net_info.end();
  if (peers == net_info.end() || !peers->is_array()) return out;
  const std::string my_genesis = mine.genesis.hex().substr(0, kShown);
  for (const auto& item : *peers) {
    const auto info = item.is_object() ? item.find("node_info") : item.end();
    if (info == item.end()) continue;
    const auto peer = peer_of(text_at(*info, "moniker"));
    if (!peer || peer->genesis == my_genesis) continue;
    out.push_back(fmt::format(
        "The peer {} ({}) stands on the genesis {} and this node on {}, though both call the chain "
        "{}: they will not agree on a block. One of them went on from another state; compare the "
        "hashes that `cambium snapshot restore` printed. Who is wrong stops the node, takes that "
        "back with `cambium snapshot undo` and restores again, with --genesis and the genesis.json "
        "of one who is right.",
        peer->name, text_at(item, "remote_ip"), peer->genesis, my_genesis, mine.chain_id));
  }
  return out;
}

std::optional<std::string> other_network(const std::string& line, const Standing& mine) {
  if (line.find(kOtherNetwork) == line.npos) return std::nullopt;
  const std::string theirs = word_after(line, "Got ");
  if (theirs.empty() || theirs == mine.chain_id) return std::nullopt;
  if (!chain::same_lineage(theirs, mine.chain_id)) {
    return fmt::format("A peer is of another chain, {}, than this node's {}; correct engine.peers.",
                       theirs, mine.chain_id);
  }
  if (is_later(theirs, mine.chain_id)) {
    return fmt::format(
        "A peer goes on as {} and this node still has {}: the validators went back to an earlier "
        "height without it. Stop it and follow them with `cambium snapshot restore --genesis FILE "
        "--yes`, where FILE is the genesis.json of one of them.",
        theirs, mine.chain_id);
  }
  return fmt::format("A peer still has {}, from which this chain went on as {}: its operator has "
                     "not gone back yet.", theirs, mine.chain_id);
}

}  // namespace cambium::engine
