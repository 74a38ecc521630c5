#include "sim/validators/beacon_agents.hpp"

#include <fmt/format.h>

#include "crypto/sha256.hpp"
#include "engine/cometbft/checker.hpp"
#include "engine/tx_builder.hpp"

namespace cambium::sim {
namespace {

constexpr std::uint64_t kGas = 5'000'000;

bool has(std::uint32_t bits, std::size_t validator) { return ((bits >> validator) & 1u) != 0; }

/// One wrong share, for the strongest member but the liar itself.
void spoil(cambium::beacon::v1::Deal& deal) {
  std::string shares = deal.shares();
  for (std::size_t i = 0; i < shares.size(); i += shares.size() / 4) {
    shares[i] = static_cast<char>(shares[i] ^ 1);
  }
  deal.set_shares(shares);
}

}  // namespace

engine::BeaconIdentity BeaconAgents::identity(std::size_t validator,
                                              const crypto::BeaconSigner& signer) const {
  const Hash secret =
      crypto::sha256(as_bytes(fmt::format("beacon {} {}", validator, options_.seed)));
  return {&signer, to_bytes(secret), crypto::address_of(operators_[validator]->public_key())};
}

void BeaconAgents::act(const crypto::BeaconSigner& signer) {
  for (std::size_t i = 0; i < operators_.size(); ++i) act(i, signer);
}

void BeaconAgents::act(std::size_t i, const crypto::BeaconSigner& signer) {
  const auto& member = consensus_.members()[i];
  if (!member.replica->up() || member.applied == 0 || member.halted) return;
  const auto& ledger = member.replica->ledger();
  const auto view = ledger.view();
  if (!view) return;
  const auto me = identity(i, signer);
  const auto info = ledger.next_info(ledger.head().time);
  chain::GasMeter unmetered({UINT64_MAX});
  const chain::ReadContext ctx(*view, {info, ground_.verifier, &ledger.registry()}, unmetered);
  std::uint64_t nonce = engine::nonce_of(*view, me.operator_account).value;
  for (auto& msg : engine::beacon_duties(ctx, me)) {
    if (msg.beacon().has_deal() && has(options_.silent, i)) continue;
    if (msg.beacon().has_deal() && has(options_.liars, i)) {
      spoil(*msg.mutable_beacon()->mutable_deal());
    }
    const Bytes raw = engine::sign_tx({ground_.genesis.chain_id(), {msg}, nonce++, 0, kGas, {}},
                                      *operators_[i]);
    static_cast<void>(consensus_.submit(i, to_string(raw)));
  }
}

}  // namespace cambium::sim
