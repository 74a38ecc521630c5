#include "gateway/gateway.hpp"

#include <fmt/format.h>

#include <thread>

#include "gateway/http/server.hpp"
#include "gateway/routes/routes.hpp"
#include "gateway/static_files.hpp"

namespace cambium::gateway {
namespace {

// Handlers may wait for a block; streams and sockets do not occupy a worker.
constexpr int kWorkerThreads = 8;
constexpr std::uint64_t kMiB = 1 << 20;

ServerConfig server_config(const node::Node& node) {
  const auto& config = node.config();
  ServerConfig out;
  out.address = config.text("gateway.host");
  out.worker_threads = kWorkerThreads;
  out.upload_dir = node.home() / "uploads";
  out.max_body_bytes = config.whole("gateway.max_body_mib") * kMiB;
  out.max_upload_bytes = config.whole("gateway.max_payload_mib") * kMiB;
  out.fallback = static_files(find_web_dir(config.text("gateway.web_dir")));
  return out;
}

unsigned answer_threads(const Config& config) {
  const auto wanted = unsigned(config.whole("serve.max_streams"));
  return std::clamp(wanted, 1U, 64U);
}

}  // namespace

// Members are destroyed from the last to the first: servers stop before what they use.
struct Gateway::Impl {
  explicit Impl(node::Node& n) : node(n) {}

  node::Node& node;
  std::unique_ptr<Ledger> ledger;
  std::unique_ptr<Billing> billing;
  std::unique_ptr<Outbox> outbox;
  std::unique_ptr<ChatService> chat;
  std::unique_ptr<Services> services;
  std::unique_ptr<Server> server;
  std::unique_ptr<Server> compute_server;

  Status open() {
    const auto& config = node.config();
    TRY(ledger, Ledger::open(node.home() / "ledger.db", node.clock()));
    TRY(billing, Billing::open(*ledger, node.random(),
                               {config.flag("gateway.demo_account"),
                                std::int64_t(config.whole("gateway.demo_credits"))}));
    TRY(outbox, Outbox::open(node, *ledger));
    chat = std::make_unique<ChatService>(node, *billing, *outbox, answer_threads(config));
    services.reset(new Services{node, *ledger, *billing, *chat});
    std::error_code failed;
    std::filesystem::create_directories(node.home() / "uploads", failed);
    TRY(server, listen("gateway.port"));
    TRY(compute_server, listen("gateway.compute_port"));
    return {};
  }

  Result<std::unique_ptr<Server>> listen(std::string_view port_key) {
    auto config = server_config(node);
    const auto port = node.config().whole(port_key);
    if (port > 65535) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("{} = {} is no port; choose one up to 65535", port_key, port));
    }
    config.port = std::uint16_t(port);
    return Server::start(std::move(config), Router(all_routes(*services)));
  }
};

Gateway::Gateway(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Gateway::~Gateway() {
  // Answers end first, so that their clients still hear how.
  impl_->chat->stop();
}

Result<std::unique_ptr<Gateway>> Gateway::start(node::Node& node) {
  auto impl = std::make_unique<Impl>(node);
  TRY_STATUS(impl->open());
  return std::unique_ptr<Gateway>(new Gateway(std::move(impl)));
}

std::string Gateway::url() const {
  return fmt::format("http://{}:{}", impl_->node.config().text("gateway.host"), port());
}
std::uint16_t Gateway::port() const { return impl_->server->port(); }
std::uint16_t Gateway::compute_port() const { return impl_->compute_server->port(); }

}  // namespace cambium::gateway
