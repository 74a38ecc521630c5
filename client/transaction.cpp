#include "client/transaction.hpp"

#include <fmt/format.h>

#include "base/amount.hpp"
#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"
#include "schema/json.hpp"

namespace cambium::client {
namespace {

namespace pb = cambium::tx::v1;

constexpr std::size_t kMaxSummary = 480;  // characters of one message in the text form

std::string summary(const TxMsg& msg) {
  const auto* message = chosen_message(msg);
  if (message == nullptr) return "empty message";
  std::string text = schema::to_json(*message);
  if (text.size() > kMaxSummary) {
    text = fmt::format("{}... ({} characters, covered by the hash)", text.substr(0, kMaxSummary),
                       text.size());
  }
  return short_name(*message->GetDescriptor()) + " " + text;
}

}  // namespace

Hash body_digest(ByteView body) { return crypto::sha256({as_bytes("cambium/tx/v1"), body}); }

std::string signing_text(const pb::TxBody& body, ByteView body_bytes) {
  std::string text = fmt::format("Cambium transaction, text version 1\nchain: {}\n",
                                 schema::quote_json(body.chain_id()));
  for (int i = 0; i < body.msgs_size(); ++i) {
    text += fmt::format("{}. {}\n", i + 1, summary(body.msgs(i)));
  }
  text += fmt::format("fee: at most {} for {} gas\n", to_text(Amount{body.fee().amount_ucbm()}),
                      body.fee().gas_limit());
  if (!body.memo().empty()) text += fmt::format("memo: {}\n", schema::quote_json(body.memo()));
  return text + fmt::format("nonce: {}\nhash: {}", body.nonce(), body_digest(body_bytes).hex());
}

Bytes sign(const TxDraft& draft, const crypto::SigningKey& key) {
  pb::TxBody body;
  body.set_chain_id(draft.chain_id);
  for (const auto& msg : draft.msgs) *body.add_msgs() = msg;
  body.mutable_fee()->set_amount_ucbm(draft.fee_ucbm);
  body.mutable_fee()->set_gas_limit(draft.gas_limit);
  body.set_nonce(draft.nonce);
  body.set_memo(draft.memo);
  const Bytes bytes = schema::encode(body);
  const bool wallet = key.public_key().type == crypto::KeyType::secp256k1;
  pb::TxRaw raw;
  raw.set_body(to_string(bytes));
  auto* signature = raw.add_signatures();
  signature->mutable_key()->set_type(wallet ? pb::KEY_TYPE_SECP256K1 : pb::KEY_TYPE_ED25519);
  signature->mutable_key()->set_bytes(to_string(key.public_key().bytes));
  const Bytes by_key = wallet ? key.sign(as_bytes(signing_text(body, bytes)))
                              : key.sign(body_digest(bytes));
  signature->set_signature(to_string(by_key));
  return schema::encode(raw);
}

}  // namespace cambium::client
