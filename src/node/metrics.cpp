#include "node/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"

namespace cambium::node {
namespace {

using enum MetricKind;

constexpr MetricInfo kTable[] = {
    {"cambium_answers_total", counter, "outcome", "Chat answers by how they ended."},
    {"cambium_chain_height", gauge, "chain", "Height of the newest final block."},
    {"cambium_chain_mempool_txs", gauge, "chain", "Transactions that wait for a block."},
    {"cambium_chain_txs_total", counter, "chain", "Transactions in final blocks."},
    {"cambium_credits_charged_micro_total", counter, "", "Captured charges in 10^-6 credits."},
    {"cambium_evaluations_total", counter, "verdict", "Candidates measured by this node."},
    {"cambium_heartbeats_total", counter, "", "Heartbeats that reached the chain."},
    {"cambium_http_requests_total", counter, "status", "HTTP requests by status class."},
    {"cambium_model_reloads_total", counter, "", "Times a new head of a model was served."},
    {"cambium_packets_relayed_total", counter, "direction", "Packets carried between chains."},
    {"cambium_receipts_total", counter, "", "Usage receipts settled on the compute chain."},
    {"cambium_store_bytes", gauge, "", "Bytes of payload blocks on this machine."},
    {"cambium_tokens_total", counter, "direction", "Tokens read and answered."},
    {"cambium_train_loss_nats", gauge, "run", "Training loss in nats per token."},
    {"cambium_uptime_seconds", gauge, "", "Seconds since the node started."},
};

const MetricInfo& declared(std::string_view name) {
  for (const auto& info : kTable) {
    if (info.name == name) return info;
  }
  CHECK(false, name);
}

std::string escaped(const std::string& label) {
  std::string out;
  for (char c : label) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

}  // namespace

std::span<const MetricInfo> metric_table() { return kTable; }

void Metrics::add(Series series, double amount) {
  declared(series.name);
  std::lock_guard lock(mutex_);
  values_[{std::string(series.name), std::string(series.label)}] += amount;
}

void Metrics::set(Series series, double value) {
  declared(series.name);
  std::lock_guard lock(mutex_);
  values_[{std::string(series.name), std::string(series.label)}] = value;
}

double Metrics::value(Series series) const {
  std::lock_guard lock(mutex_);
  auto found = values_.find({std::string(series.name), std::string(series.label)});
  return found == values_.end() ? 0 : found->second;
}

std::string Metrics::text() const {
  std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& info : kTable) {
    out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", info.name, info.help, info.name,
                       info.kind == counter ? "counter" : "gauge");
    for (const auto& [key, value] : values_) {
      if (key.first != info.name) continue;
      const std::string label =
          info.label.empty() ? "" : fmt::format("{{{}=\"{}\"}}", info.label, escaped(key.second));
      out += fmt::format("{}{} {}\n", info.name, label, value);
    }
  }
  return out;
}

}  // namespace cambium::node
