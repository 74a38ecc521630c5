#include "chain/genesis.hpp"

#include <fmt/format.h>
#include <google/protobuf/dynamic_message.h>

#include "chain/detail/invariants.hpp"
#include "chain/records.hpp"
#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain {
namespace {

Status check_head(const v1::Genesis& genesis) {
  if (genesis.chain_id().empty() || genesis.chain_id().size() > 64) {
    return fail(ErrorCode::invalid_input, "genesis: chain_id needs 1 to 64 characters");
  }
  if (genesis.initial_height() == 0) {
    return fail(ErrorCode::invalid_input, "genesis: initial_height starts at 1");
  }
  if (!genesis.state_root().empty()) {
    return fail(ErrorCode::refused,
                fmt::format("The chain {} begins with a state that comes as a snapshot, and there "
                            "is none; take it over from another node with `cambium node join`, or "
                            "put back the snapshot of height {}.",
                            genesis.chain_id(), genesis.initial_height() - 1));
  }
  return {};
}

/// Every entry of a first state is new, so each rule sees it as coming from nothing.
Status check_all(const Registry& registry, const state::Overlay& overlay) {
  const auto broken = detail::violations(
      registry, overlay.diff(), {{.may_mint = true, .may_burn = true}, overlay},
      detail::InvariantSubject::whole_state);
  if (broken.empty()) return {};
  return fail(ErrorCode::invalid_input, "genesis breaks a rule: " + broken.front());
}

Status init_module(const Registry& registry, Context& ctx, const v1::ModuleGenesis& part) {
  const Module* module = registry.module(part.name());
  if (module == nullptr || module->genesis.message == nullptr) {
    if (part.state().empty()) return {};
    return fail(ErrorCode::invalid_input,
                fmt::format("genesis: module {} takes no state", part.name()));
  }
  const auto* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(module->genesis.message);
  const std::unique_ptr<ProtoMessage> state(prototype->New());
  if (auto decoded = schema::decode(as_bytes(part.state()), *state); !decoded) {
    return tl::unexpected(std::move(decoded).error().in("genesis of " + part.name()));
  }
  return module->genesis.init(ctx, *state);
}

void put_params(Context& ctx, const v1::Genesis& genesis) {
  const auto params = genesis.has_params() ? genesis.params() : default_params();
  kParams.put(ctx, {}, params);
  v1::FeeMarket market;
  market.set_base_fee_nano_ucbm(params.min_base_fee_nano_ucbm());
  kFeeMarket.put(ctx, {}, market);
}

}  // namespace

Result<Registry> registry_for(const v1::Genesis& genesis) {
  std::vector<std::string> names;
  for (const auto& module : genesis.modules()) names.push_back(module.name());
  return Registry::with(names);
}

Result<state::Diff> init_genesis(const Registry& registry, const v1::Genesis& genesis) {
  TRY_STATUS(check_head(genesis));
  const state::EmptyView nothing;
  state::Overlay overlay(nothing);
  if (genesis.entries().empty()) {
    const BlockInfo block{.chain_id = genesis.chain_id(),
                          .height = {genesis.initial_height() - 1},
                          .time = {genesis.time_ms()},
                          .proposer = {},
                          .prev_hash = {},
                          .beacon = {}};
    GasMeter unmetered({UINT64_MAX});
    const crypto::BasicVerifier verifier;
    Context ctx(overlay, {block, verifier}, unmetered);
    ctx.set_privileges({.may_mint = true, .may_burn = false});
    put_params(ctx, genesis);
    for (const auto& part : genesis.modules()) {
      TRY_STATUS(init_module(registry, ctx, part));
    }
  } else {
    for (const auto& entry : genesis.entries()) {
      if (entry.key().empty() || entry.value().empty()) {
        return fail(ErrorCode::invalid_input,
                    "genesis: an entry without key or value; export the state again");
      }
      overlay.put(as_bytes(entry.key()), to_bytes(entry.value()));
    }
  }
  TRY_STATUS(check_all(registry, overlay));
  return overlay.diff();
}

v1::Genesis export_genesis(const Registry& registry, const state::View& state,
                           const BlockInfo& last_block) {
  v1::Genesis genesis;
  genesis.set_chain_id(last_block.chain_id);
  genesis.set_time_ms(last_block.time.value);
  genesis.set_initial_height(last_block.height.value + 1);
  for (const Module* module : registry.modules()) {
    genesis.add_modules()->set_name(std::string(module->name));
  }
  state.scan({}, [&](ByteView key, ByteView value) {
    auto* entry = genesis.add_entries();
    entry->set_key(to_string(key));
    entry->set_value(to_string(value));
    return true;
  });
  return genesis;
}

Hash genesis_hash(const v1::Genesis& genesis) {
  return crypto::sha256({as_bytes("cambium/genesis/v1"), schema::encode(genesis)});
}

}  // namespace cambium::chain
