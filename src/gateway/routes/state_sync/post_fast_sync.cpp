// POST /consensus/state_sync/fast_sync: everything a new node needs, from a block that the caller
// already trusts.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/routes/state_sync/sync_json.hpp"

namespace cambium::gateway {
namespace {

/// How much a snapshot leaves to be fetched and executed.
Json work_left(const engine::SnapshotPoint& point, Height newest) {
  return {{"snapshot_height", point.height().value},
          {"bytes", point.bytes},
          {"chunks", point.chunks},
          {"blocks_after", newest.value - std::min(newest.value, point.height().value)}};
}

Result<Json> plan(Services& services, const Request& request) {
  TRY(auto* const chain, synced_chain(services, request));
  TRY(const Json body, parse_json(request.body.empty() ? "{}" : request.body));
  const auto status = chain->status();
  TRY(const auto height,
      whole_field(body, "height", static_cast<std::int64_t>(status.height.value)));
  TRY(const auto trust, trust_point(*chain, {static_cast<std::uint64_t>(height)}));
  const auto claimed = body.contains("hash") ? text_field(body, "hash") : Result<std::string>("");
  TRY_STATUS(claimed);
  if (!claimed->empty() && *claimed != trust["hash"]) {
    return fail(ErrorCode::refused,
                fmt::format("The block {} has another hash here than the one you trust: {}. This "
                            "node is of another chain or of another life of it; do not join by it.",
                            height, trust["hash"].get<std::string>()));
  }
  const auto servers = sync_servers(services.node.config());
  Json out = {{"chain_id", chain->chain_id()},
              {"genesis_hash", status.genesis_hash.hex()},
              {"trust", trust},
              {"rpc_servers", servers},
              {"work", Json()},
              {"command", fmt::format("cambium node join --genesis genesis.json --servers {} "
                                      "--trust {}", fmt::join(servers, ","),
                                      trust["trust"].get<std::string>())}};
  for (const auto& point : snapshots_of(services, *chain).points()) {
    if (!point.full()) continue;
    out["work"] = work_left(point, status.height);
    break;
  }
  return out;
}

}  // namespace

Route post_fast_sync(Services& services) {
  return {.method = Method::post,
          .pattern = "/consensus/state_sync/fast_sync",
          .summary = "How to join by the newest snapshot, from a block that one trusts",
          .tag = "consensus",
          .request_schema = R"({"type":"object","properties":{)"
                            R"("height":{"type":"integer","description":"of a trusted block"},)"
                            R"("hash":{"type":"string","description":"that block's hash"}}})",
          .query_help = {{"chain", "id or alias of the chain; utility unless named"}},
          .handler = json_handler([&services](const Request& request) {
            return plan(services, request);
          })};
}

}  // namespace cambium::gateway
