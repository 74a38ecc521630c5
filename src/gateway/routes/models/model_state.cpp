#include "gateway/routes/models/model_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/models/models.hpp"
#include "chain/modules/rewards/rewards.hpp"
#include "chain/query.hpp"

namespace cambium::gateway {

namespace evaluation = chain::evaluation;
namespace models = chain::models;

std::vector<models::pb::Model> all_models(const state::View& view) {
  return rows_of(view, models::kModels, models::kModels.prefix());
}

Result<models::pb::Model> model_of(const state::View& view, const std::string& id) {
  if (const auto bytes = view.get(models::kModels.key({id}))) {
    return models::kModels.decoded(*bytes);
  }
  std::string known;
  for (const auto& model : all_models(view)) known += (known.empty() ? "" : ", ") + model.id();
  return fail(ErrorCode::not_found,
              known.empty() ? std::string("no model is published on this network yet")
                            : fmt::format("there is no model {}; there are {}", id, known));
}

models::pb::MetaRules rules_of(const state::View& view, const models::pb::Model& model) {
  const auto meta = BlockId::from(as_bytes(model.meta()));
  const auto bytes = meta ? view.get(models::kRules.key({*meta})) : std::nullopt;
  return bytes ? models::kRules.decoded(*bytes) : models::pb::MetaRules{};
}

std::vector<models::pb::Block> blocks_of(const state::View& view, const std::string& model) {
  std::vector<models::pb::Block> blocks;
  for (const auto& entry : rows_of(view, models::kOrder, models::kOrder.prefix(model))) {
    const auto id = BlockId::from(as_bytes(entry.block()));
    const auto bytes = id ? view.get(models::kBlocks.key({*id})) : std::nullopt;
    if (bytes) blocks.push_back(models::kBlocks.decoded(*bytes));
  }
  return blocks;
}

std::vector<models::pb::IndexEntry> index_of(const state::View& view, const std::string& model) {
  return rows_of(view, models::kIndex, models::kIndex.prefix(model));
}

std::vector<evaluation::pb::Candidate> candidates_of(const state::View& view,
                                                     const std::string& model) {
  auto rows = rows_of(view, evaluation::kCandidates, evaluation::kCandidates.prefix());
  std::erase_if(rows, [&](const auto& row) { return row.model() != model; });
  std::reverse(rows.begin(), rows.end());
  return rows;
}

cambium::rewards::v1::ExpertEarning earning_of(const state::View& view, const std::string& model,
                                               const std::string& expert) {
  namespace rewards = chain::rewards;
  for (auto& row : rows_of(view, rewards::kEarnings, rewards::kEarnings.prefix(model))) {
    if (row.name() == expert) return row;
  }
  return {};
}

std::string address_text(const std::string& bytes) {
  const auto address = crypto::Address::from(as_bytes(bytes));
  return address ? address->text() : std::string();
}

Json record_json(const chain::ProtoMessage& record) {
  return Json::parse(chain::msg_to_json(record), nullptr, false);
}

std::string word_of(std::string_view enum_name, std::string_view prefix) {
  if (enum_name.starts_with(prefix)) enum_name.remove_prefix(prefix.size());
  std::string word(enum_name);
  for (char& c : word) c = char(std::tolower(static_cast<unsigned char>(c)));
  return word;
}

}  // namespace cambium::gateway
