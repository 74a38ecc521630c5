// cambium verify: checks a state entry as a light client would, trusting only the operator's key.
#include <fmt/format.h>

#include "base/hex.hpp"
#include "chain/block.hpp"
#include "cli/commands.hpp"
#include "cli/home_dir.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"
#include "cli/signer.hpp"
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

Status verify(Invocation& call) {
  const auto key = from_hex(call.argument("key"));
  if (!key) return fail(ErrorCode::invalid_input, "A state key is hexadecimal.");
  TRY(const auto node, node_of(call));
  const client::ChainApi chain(node, chain_of(call));
  TRY(const auto entry, chain.state(*key));
  TRY(const auto trust, trust_of(call, entry));
  TRY(const auto root, signed_root(entry, trust));
  TRY(const auto proof, bytes_at(client::child_at(entry, "proof"), "ics23"));
  std::optional<Bytes> value;
  if (!client::child_at(entry, "value").is_null()) {
    TRY(value, bytes_at(entry, "value"));
  }
  state::Claim claim{*key, std::nullopt};
  if (value) claim.value = ByteView(*value);
  TRY_STATUS(state::verify(proof, root, claim));
  show(call, {{"verified", true},
              {"shows", value ? "the entry exists with this value" : "the entry does not exist"},
              {"label", client::text_at(entry, "label")},
              {"value", client::child_at(entry, "decoded")},
              {"state_root", root.hex()},
              {"height", client::whole_at(entry, "height")},
              {"trusts", trust.source}});
  return {};
}

}  // namespace

Command verify_command() {
  return {"verify",
          "Check a state entry or its absence by its proof and a signed header",
          "cambium verify 0401 --chain compute-0",
          {{"key", "the state key, hexadecimal; the explorer and `query state` show it"}},
          {chain_flag(),
           {"operator-key", "HEX", "the public key to trust; else the one of this home"}},
          verify};
}

}  // namespace cambium::cli
