// POST /train/runs/{id}/progress: news of a run; absent numbers stay as they were.
#include "gateway/routes/train/run_json.hpp"

namespace cambium::gateway {
namespace {

std::optional<double> real_of(const Json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::optional<std::uint64_t> whole_of(const Json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || !found->is_number_unsigned()) return std::nullopt;
  return found->get<std::uint64_t>();
}

Result<std::optional<node::RunState>> state_of(const Json& body) {
  if (!body.contains("state")) return std::nullopt;
  TRY(const auto text, text_field(body, "state"));
  using enum node::RunState;
  for (auto state : {running, done, failed, cancelled}) {
    if (node::name(state) == text) return state;
  }
  return fail(ErrorCode::invalid_input, "a run's state is running, done, failed or cancelled");
}

}  // namespace

Route post_progress(Services& services) {
  return {.method = Method::post,
          .pattern = "/train/runs/{id}/progress",
          .summary = "Report a run's step, loss and state; answers whether it should stop",
          .tag = "train",
          .request_schema = R"({"type":"object","properties":{"step":{"type":"integer"},
              "steps":{"type":"integer"},"loss":{"type":"number"},
              "tokens_per_s":{"type":"number"},"eta_s":{"type":"number"},
              "state":{"type":"string"}}})",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(const auto body, parse_json(request.body));
            node::RunUpdate update;
            update.step = whole_of(body, "step");
            update.steps = whole_of(body, "steps");
            update.loss = real_of(body, "loss");
            update.tokens_per_s = real_of(body, "tokens_per_s");
            update.eta_s = real_of(body, "eta_s");
            TRY(update.state, state_of(body));
            const auto& id = request.params.at("id");
            TRY_STATUS(services.node.progress().update(id, update));
            return Json{{"cancel", services.node.progress().cancel_requested(id)}};
          })};
}

}  // namespace cambium::gateway
