// GET /models/{id}/lineage: from each contributed expert to the data, the licences and the people.
#include <fmt/format.h>

#include "cambium/learn/v1/lineage.pb.h"
#include "chain/modules/datasets/datasets.hpp"
#include "chain/modules/models/block_header.hpp"
#include "gateway/routes/models/model_json.hpp"

namespace cambium::gateway {
namespace {

namespace datasets = chain::datasets;

Json dataset_json(const state::View& view, const cambium::learn::v1::DatasetUse& use) {
  Json json = {{"id", use.id()},           {"version", use.version()},
               {"root", to_hex(as_bytes(use.root()))}, {"samples", use.samples()},
               {"share_nano", use.share_nano()},       {"replay", use.replay()},
               {"name", nullptr},          {"licence", nullptr},
               {"source", nullptr},        {"contributor", nullptr}};
  const auto name = datasets::full_name(use.id(), use.version());
  if (const auto bytes = view.get(datasets::kDatasets.key({name}))) {
    const auto record = datasets::kDatasets.decoded(*bytes);
    json["name"] = record.title();
    json["licence"] = record.licence();
    json["source"] = record.source();
    json["contributor"] = address_text(record.contributor());
  }
  return json;
}

}  // namespace

Route get_lineage(Services& services) {
  return {.method = Method::get,
          .pattern = "/models/{id}/lineage",
          .summary = "What each contributed expert was trained on, under which licences, by whom",
          .tag = "models",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(const auto view, services.node.compute().state_at());
            TRY(const auto utility, services.node.utility().state_at());
            TRY(const auto model, model_of(view, request.params.at("id")));
            Json experts = Json::array();
            for (const auto& block : blocks_of(view, model.id())) {
              cambium::learn::v1::Lineage manifest;
              if (block.lineage().empty() || !manifest.ParseFromString(block.lineage())) continue;
              Json uses = Json::array();
              for (const auto& use : manifest.datasets()) {
                uses.push_back(dataset_json(utility, use));
              }
              experts.push_back({{"name", manifest.expert()},
                                 {"block", to_hex(as_bytes(block.id()))},
                                 {"version", block.version()},
                                 {"trainer", address_text(manifest.trainer())},
                                 {"datasets", uses},
                                 {"manifest", record_json(manifest)}});
            }
            return Json{{"model", model.id()}, {"experts", experts}};
          })};
}

}  // namespace cambium::gateway
