// What is signed, and checking all signatures of a block in one batch.
#include <fmt/format.h>

#include <deque>

#include "base/amount.hpp"
#include "chain/detail/decode_msg.hpp"
#include "chain/key_proto.hpp"
#include "chain/multisig.hpp"
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
  if (!body.actor().empty()) text += "acting for the senders by their grants: yes\n";
  if (!body.fee().sponsor().empty()) text += "fee paid by a sponsor: yes\n";
  if (body.timeout_ms() != 0) text += fmt::format("not after: {} ms\n", body.timeout_ms());
  if (body.unordered()) {
    text += "unordered: yes\n";
  } else if (body.ticket() != 0) {
    text += fmt::format("ticket: {}\n", body.ticket());
  } else {
    text += fmt::format("nonce: {}\n", body.nonce());
  }
  text += fmt::format("hash: {}", sign_digest(body_bytes).hex());
  return text;
}

namespace {

/// The signatures of a block on their way to the verifier, which checks them in one batch.
class Batch {
 public:
  void add(std::size_t owner, const Tx& tx) {
    for (const auto& signature : tx.raw.signatures()) {
      auto key = key_from_proto(signature.key());
      if (key.type != crypto::KeyType::multisig) {
        add_one(owner, tx, {std::move(key), to_bytes(signature.signature())});
      } else if (auto members = member_checks(key.bytes, as_bytes(signature.signature()))) {
        for (auto& member : *members) add_one(owner, tx, std::move(member));
      } else {
        refused_.push_back(owner);
      }
    }
  }

  std::vector<bool> verdicts(std::size_t txs, const crypto::SignatureVerifier& verifier) const {
    std::vector<bool> good(txs, true);
    for (const std::size_t owner : refused_) good[owner] = false;
    const auto verdicts = verifier.verify_all(items_);
    for (std::size_t i = 0; i < owners_.size(); ++i) {
      if (!verdicts[i]) good[owners_[i]] = false;
    }
    return good;
  }

 private:
  void add_one(std::size_t owner, const Tx& tx, MemberCheck check) {
    const ByteView body = as_bytes(tx.raw.body());
    bytes_.push_back(check.key.type == crypto::KeyType::secp256k1
                         ? to_bytes(sign_text(tx.body, body))
                         : to_bytes(sign_digest(body)));
    const Bytes& message = bytes_.back();
    bytes_.push_back(std::move(check.signature));
    items_.push_back({std::move(check.key), message, bytes_.back()});
    owners_.push_back(owner);
  }

  std::deque<Bytes> bytes_;  // a deque keeps the addresses that `items_` borrow
  std::vector<crypto::SignedMessage> items_;
  std::vector<std::size_t> owners_;
  std::vector<std::size_t> refused_;
};

}  // namespace

std::vector<bool> verify_signatures(std::span<const Tx* const> txs,
                                    const crypto::SignatureVerifier& verifier) {
  Batch batch;
  for (std::size_t i = 0; i < txs.size(); ++i) batch.add(i, *txs[i]);
  return batch.verdicts(txs.size(), verifier);
}

std::size_t signature_count(const Tx& tx) {
  std::size_t count = 0;
  for (const auto& signature : tx.raw.signatures()) {
    const auto key = key_from_proto(signature.key());
    const auto members = key.type == crypto::KeyType::multisig
                             ? member_checks(key.bytes, as_bytes(signature.signature()))
                             : std::nullopt;
    count += members ? members->size() : 1;
  }
  return count;
}

}  // namespace cambium::chain
