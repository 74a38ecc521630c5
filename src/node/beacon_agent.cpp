#include "node/beacon_agent.hpp"

#include "base/log.hpp"
#include "cambium/beacon/v1/beacon.pb.h"
#include "engine/native_beacon.hpp"
#include "schema/canonical.hpp"

namespace cambium::node {
namespace {

constexpr std::int64_t kFirstWindowMs = 15'000;
constexpr std::int64_t kFirstEpochMs = 3'600'000;

const engine::NativeBeacon& curve() {
  static const engine::NativeBeacon beacon;
  return beacon;
}

}  // namespace

engine::BeaconIdentity beacon_identity(const crypto::SigningKey& operator_key,
                                       const crypto::SigningKey& beacon_key) {
  return {&curve(), beacon_key.secret(), crypto::address_of(operator_key.public_key())};
}

Status pay_beacon_duties(engine::AccountSender& account,
                         const crypto::SignatureVerifier& verifier,
                         const engine::BeaconIdentity& identity) {
  auto& engine = account.engine();
  const auto status = engine.status();
  if (status.height.value == 0) return {};
  TRY(const auto view, engine.state_at());
  const chain::BlockInfo info{.chain_id = engine.chain_id(),
                              .height = status.height.next(),
                              .time = status.time,
                              .proposer = {},
                              .prev_hash = {},
                              .beacon = {}};
  chain::GasMeter unmetered({UINT64_MAX});
  const chain::ReadContext ctx(view, {info, verifier, &engine.registry()}, unmetered);
  for (auto& msg : engine::beacon_duties(ctx, identity)) {
    if (msg.beacon().has_complain()) {
      spdlog::warn("{}: a dealer's shares for this validator are wrong; showing it",
                   engine.alias());
    }
    TRY(const auto outcome, account.send({std::move(msg)}));
    static_cast<void>(outcome);
  }
  return {};
}

Bytes public_beacon_key(const crypto::SigningKey& beacon_key) {
  return curve().key_of(beacon_key.secret(), {}).key;
}

void add_beacon(chain::v1::Genesis& genesis, const std::vector<BeaconHolder>& holders) {
  cambium::beacon::v1::Genesis beacon;
  beacon.mutable_params()->set_deal_window_ms(kFirstWindowMs);
  beacon.mutable_params()->set_complaint_window_ms(kFirstWindowMs);
  beacon.mutable_params()->set_epoch_ms(kFirstEpochMs);
  for (const auto& holder : holders) {
    beacon.add_operators(to_string(holder.account));
    beacon.add_keys()->set_key(to_string(holder.key));
  }
  auto* module = genesis.add_modules();
  module->set_name("beacon");
  module->set_state(to_string(schema::encode(beacon)));
}

}  // namespace cambium::node
