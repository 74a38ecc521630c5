// What each expert was used for on this host (B/INF-08), for pages, prefetch and rewards.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "model/generator.hpp"

namespace cambium::serve {

struct ExpertStats {
  std::string model_id;
  model::ExpertName name;
  std::uint64_t calls = 0;           // answers it took part in
  std::uint64_t tokens = 0;
  std::uint64_t gate_mass_nano = 0;
  std::uint64_t compute_ns = 0;
  std::uint64_t load_ns = 0;
  TimeMs last_used;
  /// Mean milliseconds of its work, loading included, per answer.
  double mean_ms() const;
};

class UsageLog {
 public:
  void record(const std::string& model_id, const model::ExpertUsage& usage, TimeMs now);
  std::optional<ExpertStats> find(const std::string& model_id, const model::ExpertName& name) const;
  /// The most used by gate mass, at most `limit`.
  std::vector<ExpertStats> top(std::size_t limit) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, model::ExpertName>, ExpertStats> stats_;
};

}  // namespace cambium::serve
