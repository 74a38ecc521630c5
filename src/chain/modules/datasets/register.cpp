// Register: anyone offers a dataset, with its licence and a commitment to its bytes.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/datasets/datasets.hpp"

namespace cambium::chain {
namespace {

using namespace datasets;

bool is_word(const std::string& text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, allowed);
}

/// The characters of an SPDX expression; whether the licence exists is for the authority to judge.
bool looks_like_spdx(const std::string& text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '.' || c == '-' || c == '+' || c == '(' || c == ')' || c == ' ';
  };
  return !text.empty() && text.size() <= 120 && std::ranges::all_of(text, allowed);
}

TxStatus preflight(const pb::Register& msg) {
  const bool named = is_word(msg.id()) && is_word(msg.version());
  const bool sound = named && looks_like_spdx(msg.licence()) && msg.title().size() <= 200 &&
                     msg.source().size() <= 500 && msg.size_bytes() > 0 && msg.samples() > 0 &&
                     is_hash(msg.merkle_root()) &&
                     std::ranges::all_of(msg.sample_hashes(), is_hash);
  return sound ? TxStatus::ok : TxStatus::bad_dataset;
}

TxStatus check(const ReadContext& ctx, const pb::Register& msg) {
  const auto params = kDatasetParams.get_or_default(ctx, {});
  if (std::uint32_t(msg.sample_hashes_size()) > params.max_sample_hashes()) {
    return TxStatus::field_too_long;
  }
  return kDatasets.has(ctx, {full_name(msg.id(), msg.version())}) ? TxStatus::dataset_exists
                                                                  : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Register& msg) {
  pb::Dataset record;
  record.set_id(msg.id());
  record.set_version(msg.version());
  record.set_title(msg.title());
  record.set_licence(msg.licence());
  record.set_source(msg.source());
  record.set_size_bytes(msg.size_bytes());
  record.set_samples(msg.samples());
  record.set_merkle_root(msg.merkle_root());
  *record.mutable_sample_hashes() = msg.sample_hashes();
  record.set_contributor(msg.sender());
  record.set_status(pb::STATUS_REGISTERED);
  record.set_registered_height(ctx.block().height.value);
  const auto name = full_name(msg.id(), msg.version());
  kDatasets.put(ctx, {name}, record);
  ctx.emit("datasets.registered", {{"dataset", name},
                                   {"licence", msg.licence()},
                                   {"contributor", to_address(msg.sender()).text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<datasets::pb::Register>() {
  return handler<datasets::pb::Register>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
