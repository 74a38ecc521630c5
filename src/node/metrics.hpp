// Counters and gauges in the text format that Prometheus reads. Every name is in one table, so
// that dashboards and alerts can be checked against it.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

namespace cambium::node {

enum class MetricKind : std::uint8_t { counter, gauge };

/// One declared metric. `label` is the name of its one label, empty for none.
struct MetricInfo {
  std::string_view name;
  MetricKind kind;
  std::string_view label;
  std::string_view help;  // with the unit
};
std::span<const MetricInfo> metric_table();

/// Using an undeclared name is a bug and CHECKed. Threads may call everything at any time.
class Metrics {
 public:
  /// Which series: a declared name and the value of its label.
  struct Series {
    std::string_view name;
    std::string_view label = {};
  };
  void add(Series series, double amount = 1);
  void set(Series series, double value);
  double value(Series series) const;
  /// The exposition, version 0.0.4.
  std::string text() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, double> values_;
};

}  // namespace cambium::node
