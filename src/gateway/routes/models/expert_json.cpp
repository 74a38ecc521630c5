#include "gateway/routes/models/expert_json.hpp"

#include "model/expert_name.hpp"

namespace cambium::gateway {

Json expert_json(const state::View& view, const serve::ExpertStats& stats) {
  const auto name = model::to_text(stats.name);
  const auto earning = earning_of(view, stats.model_id, name);
  Json versions = Json::array();
  std::int64_t quality = 0;
  for (const auto& block : blocks_of(view, stats.model_id)) {
    Json json = block_json(block);
    if (json.value("name", "") != name) continue;
    quality = block.gain_nano();
    versions.push_back(std::move(json));
  }
  return {{"name", name},
          {"model", stats.model_id},
          {"calls", stats.calls},
          {"tokens", stats.tokens},
          {"gate_mass", double(stats.gate_mass_nano) * 1e-9},
          {"earned_nano_ucbm", std::to_string(earning.earned_nano_ucbm())},
          {"quality", double(quality) * 1e-9},
          {"last_used_ms", stats.last_used.value},
          {"mean_ms", stats.mean_ms()},
          {"versions", versions}};
}

}  // namespace cambium::gateway
