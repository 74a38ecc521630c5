// cambium verify: checks a state entry as a light client would, trusting only the operator's key
// or, on a chain of validators, the hash of their set.
#include <fmt/format.h>

#include "base/hex.hpp"
#include "chain/block.hpp"
#include "cli/commands.hpp"
#include "cli/home_dir.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"
#include "cli/signer.hpp"
#include "engine/cometbft/light/verify.hpp"
#include "engine/native_verifier.hpp"
#include "state/proof.hpp"

namespace cambium::cli {
namespace {

/// Whom to trust, and why.
struct Trust {
  Bytes key;
  std::string source;
};

Result<Trust> trust_of(Invocation& call, const Json& entry) {
  if (const auto given = call.flag("operator-key")) {
    const auto key = from_hex(*given);
    if (key) return Trust{*key, "--operator-key"};
    return fail(ErrorCode::invalid_input, "--operator-key is a public key in hexadecimal.");
  }
  // A home that made the network knows its operator; listing keys needs no secret.
  TRY(const auto home, home_of(call));
  std::error_code error;
  if (!call.has("node") && std::filesystem::exists(node::HomePaths{home}.keys(), error)) {
    TRY(const auto keys, keys_of(call));
    TRY(const auto infos, keys.list());
    for (const auto& info : infos) {
      if (info.name == node::kOperatorKey) return Trust{info.key.bytes, "the home's operator key"};
    }
  }
  const auto said = from_hex(client::text_at(entry, "operator_key"));
  return Trust{said.value_or(Bytes{}), "the node's own word; name --operator-key to be sure"};
}

Result<Bytes> bytes_at(const Json& object, const char* key) {
  auto bytes = client::from_base64(client::text_at(object, key));
  if (bytes) return std::move(*bytes);
  return fail(ErrorCode::corrupt, fmt::format("The node's `{}` is not base64.", key));
}

struct Trusted {
  Hash root;
  std::string source;
};

/// The state root in a header that more than two thirds of the validators signed.
Result<Trusted> voted_root(Invocation& call, const Json& entry) {
  TRY(const auto bytes, bytes_at(entry, "light_block"));
  tendermint::types::LightBlock block;
  if (!block.ParseFromString(to_string(bytes))) {
    return fail(ErrorCode::corrupt, "The node's `light_block` is not one.");
  }
  const std::string chain_id = client::text_at(client::child_at(entry, "header"), "chain_id");
  TRY(const auto facts,
      engine::verify_light_block(block, chain_id, engine::NativeVerifier()));
  const auto known = call.flag("validators");
  if (!known) {
    return Trusted{facts.state_root, fmt::format("the node's word that the validators are {}; "
                                                 "name --validators to be sure",
                                                 facts.validators.hex())};
  }
  if (facts.validators.hex() == *known) return Trusted{facts.state_root, "--validators"};
  return fail(ErrorCode::corrupt, "Other validators signed this header than the trusted ones. If "
                                  "the set has changed, learn its new hash from somebody you "
                                  "trust.");
}

/// The state root of a header that this key signed.
Result<Hash> signed_root(const Json& entry, const Trust& trust) {
  chain::v1::SignedHeader signed_header;
  TRY(const auto header_bytes, bytes_at(entry, "header_bytes"));
  TRY(const auto signature, bytes_at(entry, "signature"));
  signed_header.set_header(to_string(header_bytes));
  signed_header.set_signature(to_string(signature));
  TRY(const auto header, chain::verify_header(signed_header, crypto::BasicVerifier()));
  if (!equal(as_bytes(header.proposer().bytes()), trust.key)) {
    return fail(ErrorCode::corrupt, "The header is signed by another key than the one trusted; do "
                                    "not believe this node.");
  }
  const auto root = Hash::from(as_bytes(header.state_root()));
  if (root) return *root;
  return fail(ErrorCode::corrupt, "The header has no state root.");
}

Result<Trusted> trusted_root(Invocation& call, const Json& entry) {
  if (!client::child_at(entry, "light_block").is_null()) return voted_root(call, entry);
  TRY(const auto trust, trust_of(call, entry));
  TRY(const auto root, signed_root(entry, trust));
  return Trusted{root, trust.source};
}

Status verify(Invocation& call) {
  const auto key = from_hex(call.argument("key"));
  if (!key) return fail(ErrorCode::invalid_input, "A state key is hexadecimal.");
  TRY(const auto node, node_of(call));
  const client::ChainApi chain(node, chain_of(call));
  TRY(const auto entry, chain.state(*key));
  TRY(const auto trusted, trusted_root(call, entry));
  TRY(const auto proof, bytes_at(client::child_at(entry, "proof"), "ics23"));
  std::optional<Bytes> value;
  if (!client::child_at(entry, "value").is_null()) {
    TRY(value, bytes_at(entry, "value"));
  }
  state::Claim claim{*key, std::nullopt};
  if (value) claim.value = ByteView(*value);
  TRY_STATUS(state::verify(proof, trusted.root, claim));
  show(call, {{"verified", true},
              {"shows", value ? "the entry exists with this value" : "the entry does not exist"},
              {"label", client::text_at(entry, "label")},
              {"value", client::child_at(entry, "decoded")},
              {"state_root", trusted.root.hex()},
              {"height", client::whole_at(entry, "height")},
              {"trusts", trusted.source}});
  return {};
}

}  // namespace

Command verify_command() {
  return {"verify",
          "Check a state entry or its absence by its proof and a signed header",
          "cambium verify 0401 --chain compute-0",
          {{"key", "the state key, hexadecimal; the explorer and `query state` show it"}},
          {chain_flag(),
           {"operator-key", "HEX", "the public key to trust; else the one of this home"},
           {"validators", "HEX", "hash of the validator set to trust, where validators sign"}},
          verify};
}

}  // namespace cambium::cli
