#include "gateway/billing/outbox.hpp"

#include "base/log.hpp"
#include "chain/modules/rewards/rewards.hpp"
#include "gateway/json.hpp"

namespace cambium::gateway {
namespace {

Json answer_json(const node::PaidAnswer& answer) {
  const auto& receipt = answer.receipt;
  Json experts = Json::array();
  for (const auto& use : receipt.experts) {
    experts.push_back({use.name.layer, use.name.expert, use.tokens, use.gate_mass_nano});
  }
  return {{"request", receipt.request.hex()},
          {"model", receipt.model_id},
          {"index_root", receipt.index_root.hex()},
          {"input_tokens", receipt.input_tokens},
          {"output_tokens", receipt.output_tokens},
          {"output", receipt.output_commitment.hex()},
          {"experts", experts},
          {"fee_nano_ucbm", answer.fee_nano_ucbm},
          {"duration_ms", answer.duration_ms}};
}

Hash hash_at(const Json& json, const char* key) {
  const auto bytes = from_hex(json.at(key).get<std::string>());
  return bytes ? Hash::from(*bytes).value_or(Hash{}) : Hash{};
}

node::PaidAnswer from_json(const Json& json) {
  node::PaidAnswer answer;
  auto& receipt = answer.receipt;
  receipt.request = hash_at(json, "request");
  receipt.model_id = json.at("model");
  receipt.index_root = hash_at(json, "index_root");
  receipt.input_tokens = json.at("input_tokens");
  receipt.output_tokens = json.at("output_tokens");
  receipt.output_commitment = hash_at(json, "output");
  for (const auto& use : json.at("experts")) {
    receipt.experts.push_back({{use.at(0), use.at(1)}, use.at(2), use.at(3)});
  }
  answer.fee_nano_ucbm = json.at("fee_nano_ucbm");
  answer.duration_ms = json.at("duration_ms");
  return answer;
}

}  // namespace

Result<std::unique_ptr<Outbox>> Outbox::open(node::Node& node, Ledger& ledger) {
  std::unique_ptr<Outbox> outbox(new Outbox(node, ledger));
  TRY_STATUS(outbox->settle());
  outbox->subscription_ = node.compute().subscribe(
      [raw = outbox.get()](const engine::BlockPtr&) { raw->chain_moved_ = true; });
  return outbox;
}

Outbox::~Outbox() {
  subscription_.reset();
  if (const auto settled = settle(); !settled) {
    spdlog::warn("receipts could not be put in order: {}", settled.error().message);
  }
}

Evidence Outbox::evidence_of(const node::PaidAnswer& answer) {
  return {answer.receipt.id(), answer_json(answer).dump()};
}

void Outbox::send(const node::PaidAnswer& answer) {
  node_.record_answer(answer);
  if (!chain_moved_.exchange(false)) return;
  if (const auto settled = settle(); !settled) {
    spdlog::warn("receipts could not be put in order: {}", settled.error().message);
  }
}

Status Outbox::settle() {
  namespace rewards = chain::rewards;
  TRY(const auto kept, ledger_.evidence());
  if (kept.empty()) return {};
  TRY(const auto view, node_.compute().state_at());
  for (const auto& evidence : kept) {
    if (view.get(rewards::kReceipts.key({evidence.id}))) {
      TRY_STATUS(ledger_.forget_evidence(evidence.id));
      continue;
    }
    try {
      node_.record_answer(from_json(Json::parse(evidence.body)));
    } catch (const Json::exception& error) {
      return fail(ErrorCode::corrupt, "the ledger keeps a receipt that cannot be read: " +
                                          std::string(error.what()));
    }
  }
  return {};
}

}  // namespace cambium::gateway
