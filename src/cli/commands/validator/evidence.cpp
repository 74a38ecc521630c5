#include "cli/commands/validator/evidence.hpp"

#include <fmt/format.h>

#include "base/hex.hpp"
#include "cambium/slashing/v1/slashing.pb.h"
#include "cli/home_dir.hpp"
#include "cli/node_link.hpp"
#include "engine/cometbft/process/home.hpp"
#include "engine/cometbft/process/vote_log.hpp"
#include "engine/cometbft/validators.hpp"
#include "node/home.hpp"

namespace cambium::cli {
namespace {

/// The key behind a consensus address, among those who vote now.
Result<Bytes> key_of(const Invocation& call, const crypto::Address& proposer) {
  if (const auto named = call.flag("consensus-key")) {
    const auto key = from_hex(*named);
    if (key && engine::consensus_address(*key) == proposer) return *key;
    return fail(ErrorCode::invalid_input, "--consensus-key is not the proposer's.");
  }
  TRY(const auto node, node_of(call));
  TRY(const auto set, node.get("/consensus/active_set", {{"chain", chain_of(call)}}));
  for (const auto& item : client::child_at(set, "items")) {
    const auto key = from_hex(client::text_at(item, "consensus_key"));
    if (key && engine::consensus_address(*key) == proposer) return *key;
  }
  return fail(ErrorCode::not_found,
              fmt::format("The proposer {} votes no more; name its key with --consensus-key.",
                          to_hex(proposer)));
}

}  // namespace

Flag proposer_key_flag() {
  return {"consensus-key", "HEX", "the proposer's, where it votes no more"};
}

Status put_evidence(Invocation& call, google::protobuf::Message& message) {
  auto& report = static_cast<cambium::slashing::v1::ReportInvalidProposal&>(message);
  const auto id = TxId::from(as_bytes(report.transaction()));
  if (!id) {
    return fail(ErrorCode::invalid_input,
                "A transaction's id is 64 hexadecimal digits, as in the line `no vote for the "
                "proposal of ...` of logs/cambium.log.");
  }
  TRY(const auto home, home_of(call));
  const engine::CometHome comet{node::HomePaths{home}.comet(chain_of(call))};
  TRY(auto heard, engine::find_proposal(comet.data() / "cs.wal", *id));
  TRY(const auto key, key_of(call, heard.proposer));
  heard.report.set_sender(report.sender());
  heard.report.set_consensus_key(to_string(key));
  report = std::move(heard.report);
  return {};
}

}  // namespace cambium::cli
