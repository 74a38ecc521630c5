#include "cli/up/closing.hpp"

#include <fmt/format.h>

#include "base/amount.hpp"
#include "cli/console.hpp"

namespace cambium::cli {
namespace {

std::string times(const node::StoryReport& report) {
  std::vector<std::vector<std::string>> rows = {{"part", "seconds"}};
  double total = 0;
  for (const auto& timing : report.timings) {
    rows.push_back({timing.part, fmt::format("{:.1f}", timing.seconds)});
    total += timing.seconds;
  }
  rows.push_back({"all", fmt::format("{:.1f}", total)});
  return table(rows);
}

std::string quality(const node::StoryReport& report) {
  std::vector<std::vector<std::string>> rows = {
      {"domain", "perplexity before", "after", "bits/byte before", "after", "change"}};
  for (std::size_t i = 0; i < report.before.size() && i < report.after.size(); ++i) {
    const auto& before = report.before[i];
    const auto& after = report.after[i];
    const double change = (after.bits_per_byte / before.bits_per_byte - 1) * 100;
    rows.push_back({before.slice, fmt::format("{:.1f}", before.perplexity),
                    fmt::format("{:.1f}", after.perplexity),
                    fmt::format("{:.3f}", before.bits_per_byte),
                    fmt::format("{:.3f}", after.bits_per_byte), fmt::format("{:+.2f} %", change)});
  }
  return rows.size() == 1 ? "" : "\n" + table(rows);
}

// Gains and harms are nats per token; shapes and similarities have their own units, which the
// reason names.
std::string refusals(const node::StoryReport& report) {
  std::vector<std::vector<std::string>> rows = {
      {"bad candidate", "refused for", "on", "measured", "limit"}};
  for (const auto& refused : report.refused) {
    rows.push_back({refused.kind, refused.reason, refused.slice,
                    fmt::format("{:.4f}", static_cast<double>(refused.measured_nano) * 1e-9),
                    fmt::format("{:.4f}", static_cast<double>(refused.limit_nano) * 1e-9)});
  }
  return rows.size() == 1 ? "" : "\n" + table(rows);
}

std::string continuations(const node::StoryReport& report) {
  std::string out;
  for (const auto& c : report.continuations) {
    out += fmt::format("\n{}\n  before: {}\n  after:  {}\n", c.prompt,
                       Json(c.before).dump(-1, ' ', false, Json::error_handler_t::replace),
                       Json(c.after).dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  return out;
}

}  // namespace

std::string closing(const node::StoryReport& report) {
  std::string out = times(report) + quality(report);
  if (report.reward_ucbm > 0) {
    out += fmt::format("\nReward: {} paid to {} for {} experts.\n",
                       to_text(Amount{report.reward_ucbm}), report.trainer, report.experts.size());
  }
  return out + refusals(report) + continuations(report);
}

}  // namespace cambium::cli
