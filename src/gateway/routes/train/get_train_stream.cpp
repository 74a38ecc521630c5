// GET /train/stream: every change of every run, live.
#include "gateway/routes/train/run_json.hpp"

namespace cambium::gateway {

Route get_train_stream(Services& services) {
  return {.method = Method::get,
          .pattern = "/train/stream",
          .summary = "Training runs as they move: one `run` event a change",
          .tag = "train",
          .handler = StreamHandler([&services](const Request&,
                                               StreamPtr out) -> std::optional<Response> {
            auto& board = services.node.progress();
            for (const auto& run : board.runs()) out->send(sse_event("run", run_json(run).dump()));
            // The listener must not keep the stream alive, or a lost client would never go.
            const auto listener = board.listen([weak = std::weak_ptr(out)](const node::Run& run) {
              if (auto stream = weak.lock()) stream->send(sse_event("run", run_json(run).dump()));
            });
            out->on_close([&board, listener] { board.unlisten(listener); });
            return std::nullopt;
          })};
}

}  // namespace cambium::gateway
