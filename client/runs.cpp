#include "client/runs.hpp"

namespace cambium::client {

Result<RemoteRun> RemoteRun::begin(const NodeApi& node, const std::string& title) {
  TRY(const auto reply, node.post("/train/runs", {{"kind", "expert"}, {"title", title}}));
  return RemoteRun(node, text_at(reply, "id"));
}

bool RemoteRun::post(const Json& body) const {
  const auto reply = node_->post("/train/runs/" + percent_encode(id_) + "/progress", body);
  return !reply || text_at(*reply, "cancel") != "true";
}

bool RemoteRun::report(const RunNews& news) const {
  return post({{"step", news.step},
               {"steps", news.steps},
               {"loss", news.loss},
               {"tokens_per_s", news.tokens_per_s},
               {"eta_s", news.eta_s}});
}

void RemoteRun::end(const std::string& state) const {
  static_cast<void>(post({{"state", state}, {"eta_s", 0.0}}));
}

}  // namespace cambium::client
