// GET /experts/stats/{name}: one expert's use, versions and earnings.
#include "gateway/routes/models/expert_json.hpp"
#include "model/expert_name.hpp"

namespace cambium::gateway {

Route get_expert_stats(Services& services) {
  return {.method = Method::get,
          .pattern = "/experts/stats/{name}",
          .summary = "One expert: how often it answered, what it earned, its versions",
          .tag = "models",
          .query_help = {{"model", "its model; the first one where it is left out"}},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            auto& node = services.node;
            TRY(const auto name, model::parse_expert_name(request.params.at("name")));
            TRY(const auto view, node.compute().state_at());
            TRY(const auto snapshot, node.host().current(request.query_or("model", "")));
            const auto used = node.host().usage().find(snapshot->id, name);
            serve::ExpertStats unused;
            unused.model_id = snapshot->id;
            unused.name = name;
            Json json = expert_json(view, used.value_or(unused));
            if (json["versions"].empty()) {
              return fail(ErrorCode::not_found, "the model " + snapshot->id + " has no expert " +
                                                    request.params.at("name"));
            }
            return json;
          })};
}

}  // namespace cambium::gateway
