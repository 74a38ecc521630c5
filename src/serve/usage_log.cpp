#include "serve/usage_log.hpp"

#include <algorithm>

namespace cambium::serve {

double ExpertStats::mean_ms() const {
  return calls == 0 ? 0.0 : static_cast<double>(compute_ns) * 1e-6 / static_cast<double>(calls);
}

void UsageLog::record(const std::string& model_id, const model::ExpertUsage& usage, TimeMs now) {
  const std::lock_guard lock(mutex_);
  for (const auto& [name, use] : usage) {
    ExpertStats& stats = stats_[{model_id, name}];
    stats.model_id = model_id;
    stats.name = name;
    stats.calls += 1;
    stats.tokens += use.tokens;
    stats.gate_mass_nano += use.gate_mass_nano;
    stats.compute_ns += use.compute_ns;
    stats.load_ns += use.load_ns;
    stats.last_used = std::max(stats.last_used, now);
  }
}

std::optional<ExpertStats> UsageLog::find(const std::string& model_id,
                                          const model::ExpertName& name) const {
  const std::lock_guard lock(mutex_);
  const auto found = stats_.find({model_id, name});
  if (found == stats_.end()) return std::nullopt;
  return found->second;
}

std::vector<ExpertStats> UsageLog::top(std::size_t limit) const {
  std::vector<ExpertStats> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, stats] : stats_) all.push_back(stats);
  }
  std::stable_sort(all.begin(), all.end(), [](const ExpertStats& a, const ExpertStats& b) {
    return a.gate_mass_nano > b.gate_mass_nano;
  });
  all.resize(std::min(limit, all.size()));
  return all;
}

}  // namespace cambium::serve
