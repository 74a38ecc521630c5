// What is signed, and checking all signatures of a block in one batch.
#include <fmt/format.h>

#include <deque>

#include "base/amount.hpp"
#include "chain/detail/decode_msg.hpp"
#include "chain/key_proto.hpp"
#include "chain/pipeline.hpp"
#include "crypto/sha256.hpp"
#include "schema/json.hpp"

namespace cambium::chain {
namespace {

namespace pb = cambium::tx::v1;

constexpr std::size_t kMaxSummary = 480;  // characters; wallets show little more

/// "bank.Send {...}": what one message does, shortened but never silently.
std::string summary(const pb::Msg& msg) {
  const ProtoMessage* found = detail::innermost(msg);
  if (found == nullptr) return "empty message";
  const ProtoMessage& message = *found;
  std::string text = schema::to_json(message);
  if (text.size() > kMaxSummary) {
    text = fmt::format("{}... ({} characters, covered by the hash)", text.substr(0, kMaxSummary),
                       text.size());
  }
  return short_name(*message.GetDescriptor()) + " " + text;
}

}  // namespace

Hash sign_digest(ByteView body) {
  return crypto::sha256({as_bytes("cambium/tx/v1"), body});
}

std::string sign_text(const pb::TxBody& body, ByteView body_bytes) {
  std::string text = "Cambium transaction, text version 1\n";
  text += fmt::format("chain: {}\n", schema::quote_json(body.chain_id()));
  for (int i = 0; i < body.msgs_size(); ++i) {
    text += fmt::format("{}. {}\n", i + 1, summary(body.msgs(i)));
  }
  text += fmt::format("fee: at most {} for {} gas\n", to_text(Amount{body.fee().amount_ucbm()}),
                      body.fee().gas_limit());
  if (!body.memo().empty()) text += fmt::format("memo: {}\n", schema::quote_json(body.memo()));
  text += fmt::format("nonce: {}\n", body.nonce());
  text += fmt::format("hash: {}", sign_digest(body_bytes).hex());
  return text;
}

std::vector<bool> verify_signatures(std::span<const Tx* const> txs,
                                    const crypto::SignatureVerifier& verifier) {
  std::deque<Bytes> messages;  // a deque keeps the addresses that `items` borrow
  std::vector<crypto::SignedMessage> items;
  std::vector<std::size_t> owners;
  for (std::size_t i = 0; i < txs.size(); ++i) {
    const ByteView body = as_bytes(txs[i]->raw.body());
    for (const auto& signature : txs[i]->raw.signatures()) {
      auto key = key_from_proto(signature.key());
      messages.push_back(key.type == crypto::KeyType::secp256k1
                             ? to_bytes(sign_text(txs[i]->body, body))
                             : to_bytes(sign_digest(body)));
      items.push_back({std::move(key), messages.back(), as_bytes(signature.signature())});
      owners.push_back(i);
    }
  }
  const auto verdicts = verifier.verify_all(items);
  std::vector<bool> good(txs.size(), true);
  for (std::size_t i = 0; i < owners.size(); ++i) {
    if (!verdicts[i]) good[owners[i]] = false;
  }
  return good;
}

}  // namespace cambium::chain
