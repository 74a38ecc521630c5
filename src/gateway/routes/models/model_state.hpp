// What the model pages read from the compute chain's newest state.
#pragma once

#include <vector>

#include "cambium/evaluation/v1/evaluation.pb.h"
#include "cambium/models/v1/models.pb.h"
#include "cambium/rewards/v1/rewards.pb.h"
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

/// Every entry of a table below a prefix, decoded, in key order.
template <class Table>
auto rows_of(const state::View& view, const Table& table, const Bytes& prefix) {
  std::vector<decltype(table.decoded(ByteView{}))> rows;
  view.scan({prefix, {}}, [&](ByteView, ByteView value) {
    rows.push_back(table.decoded(value));
    return true;
  });
  return rows;
}

/// The model of a request's {id}; `not_found` names the models there are.
Result<cambium::models::v1::Model> model_of(const state::View& view, const std::string& id);
std::vector<cambium::models::v1::Model> all_models(const state::View& view);
cambium::models::v1::MetaRules rules_of(const state::View& view,
                                        const cambium::models::v1::Model& model);
/// Blocks in the order they came, which is a topological one.
std::vector<cambium::models::v1::Block> blocks_of(const state::View& view,
                                                  const std::string& model);
std::vector<cambium::models::v1::IndexEntry> index_of(const state::View& view,
                                                      const std::string& model);
/// Newest first.
std::vector<cambium::evaluation::v1::Candidate> candidates_of(const state::View& view,
                                                              const std::string& model);
/// What the expert has earned by use; zeros before its first receipt.
cambium::rewards::v1::ExpertEarning earning_of(const state::View& view, const std::string& model,
                                               const std::string& expert);

/// "cbm1..." of a record's 20 bytes.
std::string address_text(const std::string& bytes);
/// A protobuf record as JSON.
Json record_json(const chain::ProtoMessage& record);
/// "HARM" as "harm"; numbers of an enum as its lower-case word without `prefix`.
std::string word_of(std::string_view enum_name, std::string_view prefix);

}  // namespace cambium::gateway
