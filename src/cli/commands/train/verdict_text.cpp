#include "cli/commands/train/verdict_text.hpp"

#include <fmt/format.h>

namespace cambium::cli {
namespace {

namespace pb = cambium::evaluation::v1;

std::string word(std::string name, std::string_view prefix) {
  if (name.starts_with(prefix)) name.erase(0, prefix.size());
  for (char& c : name) c = c == '_' ? ' ' : static_cast<char>(std::tolower(c));
  return name;
}

std::string nats(std::int64_t nano) {
  return fmt::format("{:+.4f}", static_cast<double>(nano) * 1e-9);
}

}  // namespace

bool accepted(const pb::Candidate& candidate) {
  return candidate.status() == pb::CANDIDATE_STATUS_ACCEPTED;
}

Json verdict_json(const pb::Candidate& candidate) {
  const auto& verdict = candidate.verdict();
  Json slices = Json::array();
  for (const auto& slice : verdict.slices()) {
    slices.push_back({{"name", slice.slice()},
                      {"half", word(pb::Half_Name(slice.half()), "HALF_")},
                      {"target", slice.target()},
                      {"mean_gain_nano", slice.mean_gain_nano()},
                      {"lower_bound_nano", slice.lower_bound_nano()},
                      {"upper_harm_nano", slice.upper_harm_nano()},
                      {"sequences", slice.sequences()}});
  }
  return {{"step", "verdict"},
          {"candidate", candidate.id()},
          {"accepted", accepted(candidate)},
          {"reason", word(pb::Reason_Name(verdict.reason()), "REASON_")},
          {"slice", verdict.slice()},
          {"measured_nano", verdict.measured_nano()},
          {"limit_nano", verdict.limit_nano()},
          {"detail", verdict.detail()},
          {"slices", slices}};
}

std::string verdict_text(const pb::Candidate& candidate) {
  const auto& verdict = candidate.verdict();
  std::vector<std::vector<std::string>> rows = {
      {"slice", "half", "gain nats/token", "at least", "harm at most", "sequences"}};
  for (const auto& slice : verdict.slices()) {
    rows.push_back({slice.slice() + (slice.target() ? " (target)" : ""),
                    word(pb::Half_Name(slice.half()), "HALF_"), nats(slice.mean_gain_nano()),
                    nats(slice.lower_bound_nano()), nats(slice.upper_harm_nano()),
                    fmt::format("{}", slice.sequences())});
  }
  std::string out = rows.size() == 1 ? "" : "\n" + table(rows) + "\n";
  if (accepted(candidate)) return out + fmt::format("Candidate {} is accepted.\n", candidate.id());
  out += fmt::format("Candidate {} is refused: {}", candidate.id(),
                     word(pb::Reason_Name(verdict.reason()), "REASON_"));
  if (!verdict.slice().empty()) out += " on " + verdict.slice();
  out += fmt::format(", measured {}, limit {}.", nats(verdict.measured_nano()),
                     nats(verdict.limit_nano()));
  return out + (verdict.detail().empty() ? "" : " " + verdict.detail()) + "\n";
}

}  // namespace cambium::cli
