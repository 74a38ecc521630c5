// WS /chain/{id}/subscribe: blocks and transactions as they become final.
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {
namespace {

class Subscriber final : public SocketPeer {
 public:
  Subscriber(Services& services, engine::Engine& chain, StreamPtr out)
      : subscription_(chain.subscribe([&services, alias = chain.alias(),
                                       out](const engine::BlockPtr& block) {
          out->send(news(services, alias, *block));
        })) {}
  void on_message(std::string_view) override {}  // nothing to say yet but hello

 private:
  static std::string news(Services& services, const std::string& alias,
                          const engine::CommittedBlock& block) {
    Json head = {{"type", "block"},
                 {"chain", alias},
                 {"height", block.height().value},
                 {"hash", block.hash.hex()},
                 {"time_ms", block.header.time_ms()},
                 {"tx_count", block.txs.size()},
                 {"state_root", to_hex(as_bytes(block.header.state_root()))}};
    std::string lines = head.dump() + "\n";
    const auto rows = services.node.index().txs_of_block(alias, block.height());
    if (!rows) return lines;
    for (const auto& row : *rows) {
      auto json = to_json(row);
      json["type"] = "tx";
      json["chain"] = alias;
      lines += json.dump() + "\n";
    }
    return lines;
  }

  std::unique_ptr<engine::Subscription> subscription_;
};

}  // namespace

Route subscribe(Services& services) {
  return {.method = Method::get,
          .pattern = "/chain/{id}/subscribe",
          .summary = "WebSocket: every block and transaction as it becomes final",
          .tag = "chain",
          .handler = SocketHandler([&services](const Request& request, StreamPtr out)
                                       -> std::unique_ptr<SocketPeer> {
            const auto chain = chain_of(services.node, request);
            if (!chain) {
              out->send(Json{{"type", "error"}, {"detail", chain.error().message}}.dump() + "\n");
              out->finish();
              return std::make_unique<SilentPeer>();
            }
            return std::make_unique<Subscriber>(services, **chain, std::move(out));
          })};
}

}  // namespace cambium::gateway
