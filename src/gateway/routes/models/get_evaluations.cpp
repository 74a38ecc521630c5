// GET /models/{id}/evaluations: every candidate, accepted or refused, with the numbers.
#include "gateway/routes/models/model_json.hpp"

#include "chain/modules/rewards/rewards.hpp"

namespace cambium::gateway {
namespace {

// Rewards are paid on the utility chain, after the packet that tells of the acceptance.
Json reward_of(const state::View& utility, const std::string& model, std::uint64_t candidate) {
  namespace rewards = chain::rewards;
  const auto bytes = utility.get(rewards::kPayouts.key({model, candidate}));
  if (!bytes) return nullptr;
  return std::to_string(rewards::kPayouts.decoded(*bytes).reward_ucbm());
}

}  // namespace

Route get_evaluations(Services& services) {
  return {.method = Method::get,
          .pattern = "/models/{id}/evaluations",
          .summary = "Candidates of a model with committee, measurements and verdict",
          .tag = "models",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(const auto view, services.node.compute().state_at());
            TRY(const auto utility, services.node.utility().state_at());
            TRY(const auto model, model_of(view, request.params.at("id")));
            Json items = Json::array();
            for (const auto& candidate : candidates_of(view, model.id())) {
              Json item = candidate_json(candidate);
              item["reward_ucbm"] = reward_of(utility, model.id(), candidate.id());
              items.push_back(std::move(item));
            }
            return Json{{"items", items}, {"next", nullptr}};
          })};
}

}  // namespace cambium::gateway
