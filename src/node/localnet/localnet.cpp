#include "node/localnet/localnet.hpp"

#include <memory>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/durable_file.hpp"
#include "chain/genesis.hpp"
#include "engine/cometbft/process/home.hpp"
#include "node/beacon_agent.hpp"
#include "node/founding/first_validators.hpp"
#include "node/founding/genesis.hpp"
#include "node/founding/genesis_params.hpp"
#include "node/home.hpp"
#include "node/node.hpp"

namespace cambium::node {
namespace {

constexpr std::size_t kMaxValidators = 32;
constexpr std::size_t kPortsEach = 4;

struct Member {
  LocalnetNode node;
  FirstValidator validator;
  Bytes beacon_key;
};

Result<Member> make_member(const LocalnetPlan& plan, std::size_t index, Random& random) {
  Member out;
  out.node.name = fmt::format("node{}", index);
  out.node.home = plan.root / out.node.name;
  const HomePaths paths{out.node.home};
  TRY(auto keys, Keystore::open(paths.keys()));
  TRY(const auto key, keys.find_or_make(std::string(kOperatorKey), random));
  TRY(const auto comet,
      engine::make_comet_home({paths.comet(kUtilityAlias)}, random));
  out.validator = {crypto::address_of(key->public_key()), comet.consensus, out.node.name};
  TRY(const auto beacon, keys.find_or_make(std::string(kBeaconKey), random));
  out.beacon_key = public_beacon_key(*beacon);
  out.node.operator_account = out.validator.account.text();
  out.node.node_id = comet.node_id;
  return out;
}

Result<GenesisPlan> founders_of(const LocalnetNode& first, LocalnetTools tools) {
  TRY(auto keys, Keystore::open(HomePaths{first.home}.keys()));
  const auto address = [&](std::string_view name) -> Result<crypto::Address> {
    TRY(const auto key, keys.find_or_make(std::string(name), tools.random));
    return crypto::address_of(key->public_key());
  };
  Founders founders;
  TRY(const auto key, keys.find(std::string(kOperatorKey)));
  founders.operator_key = key->public_key();
  TRY(founders.gateway, address(kGatewayKey));
  TRY(founders.evaluator, address(kEvaluatorKey));
  TRY(founders.relayer, address(kRelayerKey));
  TRY(founders.trainer, address(kTrainerKey));
  TRY(founders.demo, address(kDemoKey));
  return GenesisPlan{founders, tools.clock.now()};
}

Status write_genesis(const std::vector<Member>& members, const std::string& params,
                     LocalnetTools tools) {
  std::vector<FirstValidator> validators;
  for (const auto& member : members) validators.push_back(member.validator);
  TRY(const auto plan, founders_of(members.front().node, tools));
  auto genesis = utility_genesis(plan);
  const auto owner = crypto::address_of(plan.founders.operator_key);
  TRY_STATUS(add_first_validators(genesis, owner, validators));
  std::vector<BeaconHolder> holders;
  for (const auto& member : members) {
    holders.push_back({member.validator.account, member.beacon_key});
  }
  add_beacon(genesis, holders);
  TRY_STATUS(set_genesis_params(genesis, params));
  const std::string json = chain::genesis_to_json(genesis);
  // The first node's copy comes last: while it is missing nothing has run.
  for (auto member = members.rbegin(); member != members.rend(); ++member) {
    const HomePaths paths{member->node.home};
    TRY_STATUS(write_durably(paths.genesis(kUtilityAlias), {as_bytes(json)}));
  }
  return {};
}

std::string settings_of(const LocalnetPlan& plan, const LocalnetNode& node,
                        const std::vector<Member>& members, std::uint16_t compute_port) {
  std::vector<std::string> peers;
  for (const auto& member : members) {
    if (member.node.name == node.name) continue;
    peers.push_back(fmt::format("\"{}@127.0.0.1:{}\"", member.node.node_id,
                                member.node.p2p_port));
  }
  return fmt::format(
      "# Written by cambium localnet at every start.\n"
      "[node]\nroles = [\"validator\", \"gateway\"]\nchains = [\"utility\"]\n"
      "[engine]\nkind = \"cometbft\"\ncadence = \"{}\"\nmoniker = \"{}\"\n"
      "p2p_host = \"127.0.0.1\"\np2p_port = {}\nrpc_port = {}\npeers = [{}]\n"
      "private_net = true\nsnapshot_every_s = {}\n"
      "[gateway]\nport = {}\ncompute_port = {}\n",
      plan.cadence == engine::Cadence::work ? "work" : "compute", node.name, node.p2p_port,
      node.rpc_port, fmt::join(peers, ", "), plan.snapshot_every_s, node.api_port, compute_port);
}

bool has_network(const std::filesystem::path& home) {
  std::error_code error;
  return std::filesystem::exists(HomePaths{home}.genesis(kUtilityAlias), error);
}

Status check_size(const LocalnetPlan& plan) {
  if (plan.validators == 0 || plan.validators > kMaxValidators) {
    return fail(ErrorCode::invalid_input,
                fmt::format("A local network has 1 to {} validators, not {}.", kMaxValidators,
                            plan.validators));
  }
  const auto home = [&](std::size_t i) { return plan.root / fmt::format("node{}", i); };
  if (!has_network(home(0))) return {};
  if (has_network(home(plan.validators - 1)) && !has_network(home(plan.validators))) return {};
  return fail(ErrorCode::refused,
              fmt::format("{} holds a network with another number of validators than {}; choose "
                          "another --home for a new one.", plan.root.string(), plan.validators));
}

/// Holds a port until all are chosen, so that none comes twice.
class Listener {
 public:
  Listener() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address_;
    auto* raw = reinterpret_cast<sockaddr*>(&address_);
    good_ = fd_ >= 0 && ::bind(fd_, raw, size) == 0 && ::getsockname(fd_, raw, &size) == 0;
  }
  ~Listener() {
    if (fd_ >= 0) ::close(fd_);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  bool good() const { return good_; }
  std::uint16_t port() const { return ntohs(address_.sin_port); }

 private:
  int fd_;
  sockaddr_in address_{};
  bool good_ = false;
};

}  // namespace

Result<std::vector<std::uint16_t>> free_ports(std::size_t count) {
  std::vector<std::unique_ptr<Listener>> held;
  std::vector<std::uint16_t> out;
  for (std::size_t i = 0; i < count; ++i) {
    held.push_back(std::make_unique<Listener>());
    if (!held.back()->good()) {
      return tl::unexpected<Error>(io_error("looking for a free port", "127.0.0.1"));
    }
    out.push_back(held.back()->port());
  }
  return out;
}

Result<std::vector<LocalnetNode>> make_localnet(const LocalnetPlan& plan, LocalnetTools tools) {
  TRY_STATUS(check_size(plan));
  std::vector<Member> members;
  for (std::size_t i = 0; i < plan.validators; ++i) {
    TRY(auto member, make_member(plan, i, tools.random));
    members.push_back(std::move(member));
  }
  if (!has_network(members.front().node.home)) {
    TRY_STATUS(write_genesis(members, plan.params, tools));
  }
  TRY(const auto ports, free_ports(kPortsEach * members.size()));
  for (std::size_t i = 0; i < members.size(); ++i) {
    auto& node = members[i].node;
    node.api_port = ports[kPortsEach * i];
    node.rpc_port = ports[kPortsEach * i + 1];
    node.p2p_port = ports[kPortsEach * i + 2];
  }
  std::vector<LocalnetNode> out;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto& node = members[i].node;
    const auto toml = settings_of(plan, node, members, ports[kPortsEach * i + 3]);
    TRY_STATUS(write_durably(HomePaths{node.home}.config(), {as_bytes(toml)}));
    out.push_back(node);
  }
  return out;
}

}  // namespace cambium::node
