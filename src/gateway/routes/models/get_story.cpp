// GET /models/{id}/story: what the main job achieved, as it was measured.
#include "gateway/routes/models/model_json.hpp"

namespace cambium::gateway {

Route get_story(Services& services) {
  return {.method = Method::get,
          .pattern = "/models/{id}/story",
          .summary = "Before and after the first contribution: quality, continuations, timings",
          .tag = "models",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(const auto text, services.node.story());
            Json story = Json::parse(text, nullptr, false);
            if (story.value("model", "") != request.params.at("id")) {
              return fail(ErrorCode::not_found, "the story of this node is about the model " +
                                                    story.value("model", std::string("?")));
            }
            return story;
          })};
}

}  // namespace cambium::gateway
