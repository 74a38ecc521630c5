// From bytes to a well-formed transaction; no state is seen.
#include <algorithm>

#include "chain/convert.hpp"
#include "chain/detail/decode_msg.hpp"
#include "chain/key_proto.hpp"
#include "chain/pipeline.hpp"
#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain {
namespace {

using cambium::tx::v1::Msg;
using cambium::tx::v1::TxRaw;

TxStatus add_signer(Tx& tx, const std::string& field) {
  const auto address = Address::from(as_bytes(field));
  if (!address) return TxStatus::bad_address;
  if (std::ranges::find(tx.signers, *address) == tx.signers.end()) tx.signers.push_back(*address);
  return TxStatus::ok;
}

TxStatus add_message(const Registry& registry, Tx& tx, const Msg& msg) {
  const ProtoMessage* message = detail::innermost(msg);
  if (message == nullptr) return TxStatus::unknown_message;
  const MessageHandler* handler = registry.handler(*message->GetDescriptor());
  if (handler == nullptr) return TxStatus::unknown_message;
  if (!is_address(sender_field(*message))) return TxStatus::bad_address;
  if (tx.body.actor().empty()) TRY_TX(add_signer(tx, sender_field(*message)));
  TRY_TX(handler->preflight(*message));
  tx.messages.push_back(message);
  tx.handlers.push_back(handler);
  return TxStatus::ok;
}

TxStatus preflight_signatures(const Tx& tx) {
  const auto given = static_cast<std::size_t>(tx.raw.signatures_size());
  if (given < tx.signers.size()) return TxStatus::signature_missing;
  if (given > tx.signers.size()) return TxStatus::duplicate_signature;
  for (const auto& signature : tx.raw.signatures()) {
    if (!is_well_formed(signature.key())) return TxStatus::bad_signature;
  }
  return TxStatus::ok;
}

/// One of nonce, ticket and no order at all.
TxStatus preflight_order(const cambium::tx::v1::TxBody& body) {
  if (body.timeout_ms() < 0) return TxStatus::field_out_of_range;
  if (body.ticket() != 0 && body.nonce() != 0) return TxStatus::field_out_of_range;
  if (!body.unordered()) return TxStatus::ok;
  const bool alone = body.nonce() == 0 && body.ticket() == 0 && body.timeout_ms() != 0;
  return alone ? TxStatus::ok : TxStatus::field_out_of_range;
}

/// The first signer pays, or another who signs too, or a sponsor who need not.
TxStatus add_payer(Tx& tx) {
  const auto& fee = tx.body.fee();
  tx.payer = tx.signers.front();
  if (!fee.payer().empty() && !fee.sponsor().empty()) return TxStatus::field_out_of_range;
  if (!fee.payer().empty()) {
    TRY_TX(add_signer(tx, fee.payer()));
    tx.payer = to_address(fee.payer());
  }
  if (fee.sponsor().empty()) return TxStatus::ok;
  if (!is_address(fee.sponsor())) return TxStatus::bad_address;
  tx.payer = to_address(fee.sponsor());
  return tx.payer == tx.signers.front() ? TxStatus::field_out_of_range : TxStatus::ok;
}

TxStatus preflight_body(const Registry& registry, Tx& tx) {
  const auto& body = tx.body;
  if (body.memo().size() > kMaxMemoBytes) return TxStatus::memo_too_long;
  if (body.msgs().empty()) return TxStatus::no_messages;
  if (std::size_t(body.msgs_size()) > kMaxMessages) return TxStatus::too_many_messages;
  if (body.fee().gas_limit() == 0) return TxStatus::gas_limit_out_of_range;
  TRY_TX(preflight_order(body));
  if (!body.actor().empty()) TRY_TX(add_signer(tx, body.actor()));
  for (const auto& msg : body.msgs()) TRY_TX(add_message(registry, tx, msg));
  TRY_TX(add_payer(tx));
  const auto is_free = [](const MessageHandler* h) { return h->meta.free_per_hour > 0; };
  tx.zero_fee = body.fee().amount_ucbm() == 0 && std::ranges::all_of(tx.handlers, is_free);
  return preflight_signatures(tx);
}

}  // namespace

TxId tx_id(ByteView raw) { return *TxId::from(crypto::sha256(raw)); }

TxOutcome<std::unique_ptr<Tx>> decode_tx(const Registry& registry, std::string_view chain_id,
                                         ByteView raw) {
  if (raw.size() > kMaxDecodableTxBytes) return tl::unexpected(TxStatus::too_large);
  auto tx = std::make_unique<Tx>();
  if (!schema::decode(raw, tx->raw) || !schema::decode(as_bytes(tx->raw.body()), tx->body)) {
    return tl::unexpected(TxStatus::undecodable);
  }
  if (tx->body.chain_id() != chain_id) return tl::unexpected(TxStatus::wrong_chain);
  tx->id = tx_id(raw);
  tx->registry = &registry;
  tx->bytes = raw.size();
  const TxStatus status = preflight_body(registry, *tx);
  if (status != TxStatus::ok) return tl::unexpected(status);
  return tx;
}

}  // namespace cambium::chain
