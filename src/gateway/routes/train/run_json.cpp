#include "gateway/routes/train/run_json.hpp"

namespace cambium::gateway {

Json run_json(const node::Run& run) {
  return {{"id", run.id},         {"kind", run.kind},
          {"title", run.title},   {"state", node::name(run.state)},
          {"step", run.step},     {"steps", run.steps},
          {"loss", run.loss},     {"tokens_per_s", run.tokens_per_s},
          {"eta_s", run.eta_s},   {"started_ms", run.started.value},
          {"detail", run.detail}};
}

}  // namespace cambium::gateway
