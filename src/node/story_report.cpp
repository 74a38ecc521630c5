#include "node/story_report.hpp"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

namespace cambium::node {
namespace {

using nlohmann::json;

json quality_json(const SliceQuality& q) {
  return {{"nats", q.nats}, {"perplexity", q.perplexity}, {"bits_per_byte", q.bits_per_byte}};
}

void read_quality(const json& from, SliceQuality& q) {
  q.nats = from.value("nats", 0.0);
  q.perplexity = from.value("perplexity", 0.0);
  q.bits_per_byte = from.value("bits_per_byte", 0.0);
}

json slices_json(const StoryReport& report) {
  json out = json::array();
  for (std::size_t i = 0; i < report.before.size(); ++i) {
    const auto& before = report.before[i];
    json entry = {{"name", before.slice}, {"dataset", before.dataset},
                  {"licence", before.licence}, {"tokens", before.tokens},
                  {"before", quality_json(before)}};
    entry["after"] = i < report.after.size() ? quality_json(report.after[i]) : json();
    out.push_back(entry);
  }
  return out;
}

}  // namespace

std::vector<SliceQuality> summarise(const std::vector<learn::SliceHalf>& halves,
                                    const std::vector<learn::SequenceLosses>& losses) {
  struct Sum {
    double nats = 0;
    std::uint64_t tokens = 0;
    std::uint64_t bytes = 0;
  };
  std::map<std::string, Sum> sums;
  for (std::size_t i = 0; i < halves.size() && i < losses.size(); ++i) {
    Sum& sum = sums[halves[i].slice];
    for (std::size_t s = 0; s < losses[i].size(); ++s) {
      const std::uint64_t tokens = halves[i].sequences[s].size() - 1;
      sum.nats += static_cast<double>(losses[i][s]) * 1e-9 * static_cast<double>(tokens);
      sum.tokens += tokens;
    }
    sum.bytes += halves[i].text_bytes;
  }
  std::vector<SliceQuality> out;
  for (const auto& [name, sum] : sums) {
    SliceQuality q;
    q.slice = name;
    q.tokens = sum.tokens;
    q.nats = sum.tokens == 0 ? 0 : sum.nats / static_cast<double>(sum.tokens);
    q.perplexity = std::exp(q.nats);
    q.bits_per_byte =
        sum.bytes == 0 ? 0 : sum.nats / std::log(2.0) / static_cast<double>(sum.bytes);
    out.push_back(q);
  }
  return out;
}

std::string to_json(const StoryReport& report) {
  json out = {{"model", report.model},
              {"trainer", report.trainer},
              {"reward_ucbm", std::to_string(report.reward_ucbm)},
              {"experts", report.experts},
              {"before_after", slices_json(report)},
              {"continuations", json::array()},
              {"refused", json::array()},
              {"timings", json::array()}};
  for (const auto& c : report.continuations) {
    out["continuations"].push_back(
        {{"prompt", c.prompt}, {"before", c.before}, {"after", c.after}});
  }
  for (const auto& r : report.refused) {
    out["refused"].push_back({{"kind", r.kind}, {"reason", r.reason}, {"slice", r.slice},
                              {"measured_nano", std::to_string(r.measured_nano)},
                              {"limit_nano", std::to_string(r.limit_nano)}});
  }
  for (const auto& t : report.timings) {
    out["timings"].push_back({{"part", t.part}, {"seconds", t.seconds}});
  }
  return out.dump(1, ' ', false, json::error_handler_t::replace);
}

Result<StoryReport> report_from_json(const std::string& text) {
  const json in = json::parse(text, nullptr, false);
  if (!in.is_object()) {
    return fail(ErrorCode::corrupt, "The story file is damaged; delete it to have it made again.");
  }
  StoryReport out;
  out.model = in.value("model", "");
  out.trainer = in.value("trainer", "");
  out.reward_ucbm = std::strtoull(in.value("reward_ucbm", "0").c_str(), nullptr, 10);
  out.experts = in.value("experts", std::vector<std::string>{});
  for (const auto& entry : in.value("before_after", json::array())) {
    SliceQuality q;
    q.slice = entry.value("name", "");
    q.dataset = entry.value("dataset", "");
    q.licence = entry.value("licence", "");
    q.tokens = entry.value("tokens", std::uint64_t{0});
    read_quality(entry.value("before", json::object()), q);
    out.before.push_back(q);
    if (!entry.contains("after") || entry["after"].is_null()) continue;
    read_quality(entry["after"], q);
    out.after.push_back(q);
  }
  for (const auto& entry : in.value("continuations", json::array())) {
    out.continuations.push_back(
        {entry.value("prompt", ""), entry.value("before", ""), entry.value("after", "")});
  }
  for (const auto& entry : in.value("refused", json::array())) {
    out.refused.push_back({entry.value("kind", ""), entry.value("reason", ""),
                           std::strtoll(entry.value("measured_nano", "0").c_str(), nullptr, 10),
                           std::strtoll(entry.value("limit_nano", "0").c_str(), nullptr, 10),
                           entry.value("slice", "")});
  }
  for (const auto& entry : in.value("timings", json::array())) {
    out.timings.push_back({entry.value("part", ""), entry.value("seconds", 0.0)});
  }
  return out;
}

}  // namespace cambium::node
