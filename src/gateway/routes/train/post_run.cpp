// POST /train/runs: a trainer announces its run so that people can watch it.
#include "gateway/routes/train/run_json.hpp"

namespace cambium::gateway {

Route post_run(Services& services) {
  return {.method = Method::post,
          .pattern = "/train/runs",
          .summary = "Announce a training run",
          .tag = "train",
          .request_schema = R"({"type":"object","required":["kind","title"],"properties":{
              "id":{"type":"string"},"kind":{"type":"string"},"title":{"type":"string"},
              "steps":{"type":"integer"}}})",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(const auto body, parse_json(request.body));
            node::ProgressBoard::NewRun run;
            TRY(run.kind, text_field(body, "kind"));
            TRY(run.title, text_field(body, "title"));
            TRY(const auto steps, whole_field(body, "steps", 0));
            run.steps = std::uint64_t(std::max<std::int64_t>(steps, 0));
            if (body.contains("id")) {
              TRY(run.id, text_field(body, "id"));
            }
            return Json{{"id", services.node.progress().begin(run)}};
          })};
}

}  // namespace cambium::gateway
