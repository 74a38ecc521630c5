#include "node/beacon_agent.hpp"

#include "base/log.hpp"
#include "cambium/beacon/v1/beacon.pb.h"
#include "chain/key_proto.hpp"
#include "engine/native_beacon.hpp"
#include "schema/canonical.hpp"

namespace cambium::node {
namespace {

constexpr std::int64_t kFirstWindowMs = 15'000;
constexpr std::int64_t kFirstEpochMs = 3'600'000;

constexpr std::int64_t kSendForMs = 300'000;
constexpr std::int64_t kWaitMs = 60'000;
constexpr std::uint64_t kGas = 5'000'000;

const engine::NativeBeacon& curve() {
  static const engine::NativeBeacon beacon;
  return beacon;
}

/// Free and without a nonce, so that it never stands in the way of what the operator sends.
Bytes signed_duty(const engine::Engine& engine, engine::TxMsg msg, const crypto::SigningKey& key) {
  cambium::tx::v1::TxBody body;
  body.set_chain_id(engine.chain_id());
  *body.add_msgs() = std::move(msg);
  body.mutable_fee()->set_gas_limit(kGas);
  body.set_unordered(true);
  body.set_timeout_ms(engine.status().time.value + kSendForMs);
  const Bytes bytes = schema::encode(body);
  cambium::tx::v1::TxRaw raw;
  raw.set_body(to_string(bytes));
  auto* signature = raw.add_signatures();
  *signature->mutable_key() = chain::key_to_proto(key.public_key());
  signature->set_signature(to_string(key.sign(chain::sign_digest(bytes))));
  return schema::encode(raw);
}

}  // namespace

engine::BeaconIdentity beacon_identity(const crypto::SigningKey& operator_key,
                                       const crypto::SigningKey& beacon_key) {
  return {&curve(), beacon_key.secret(), crypto::address_of(operator_key.public_key())};
}

Status pay_beacon_duties(engine::Engine& engine, const crypto::SigningKey& operator_key,
                         const BeaconMeans& means) {
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
  const chain::ReadContext ctx(view, {info, means.verifier, &engine.registry()}, unmetered);
  for (auto& msg : engine::beacon_duties(ctx, means.identity)) {
    if (msg.beacon().has_complain()) {
      spdlog::warn("{}: a dealer's shares for this validator are wrong; showing it",
                   engine.alias());
    }
    const auto sent = engine.submit(signed_duty(engine, msg, operator_key));
    if (!sent.accepted()) {
      return tl::unexpected<Error>(engine::refusal(engine, {msg}, sent.status));
    }
    TRY(const auto outcome, engine.wait(sent.id, kWaitMs));
    if (outcome.status() != chain::TxStatus::ok) {
      return tl::unexpected<Error>(engine::refusal(engine, {msg}, outcome.status()));
    }
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
