#include "chain/modules/evaluation/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "chain/modules/evaluation/statistics.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain::evaluation {
namespace {

tl::unexpected<Error> bad(std::string message) {
  return fail(ErrorCode::invalid_input, std::move(message));
}

GainSums sums_of(const pb::SliceReport& slice) {
  return {slice.sequences(), slice.sum_gain_nano(),
          (u128(slice.sum_squares_high()) << 64) | slice.sum_squares_low()};
}

Status check_slice(const pb::SliceReport& slice, const pb::Params& params) {
  if (slice.sequences() < params.min_sequences() || slice.tokens() < params.min_tokens()) {
    return bad(fmt::format("slice {} has {} sequences and {} tokens; at least {} and {} are needed",
                           slice.slice(), slice.sequences(), slice.tokens(),
                           params.min_sequences(), params.min_tokens()));
  }
  if (!bounds_of(sums_of(slice)) || slice.losses_root().size() != 32) {
    return bad(fmt::format("the sums of slice {} fit no sample of losses", slice.slice()));
  }
  return {};
}

/// Median of one number over the committee; of an even count the one that is worse.
template <class Pick>
std::int64_t median(std::span<const pb::SliceReport* const> reports, Pick pick) {
  std::vector<std::int64_t> values;
  for (const auto* report : reports) values.push_back(pick(*report));
  std::ranges::sort(values);
  return values[(values.size() - 1) / 2];
}

pb::SliceVerdict judge_slice(std::span<const pb::SliceReport* const> reports, bool target) {
  const auto& first = *reports.front();
  pb::SliceVerdict verdict;
  verdict.set_slice(first.slice());
  verdict.set_half(first.half());
  verdict.set_target(target);
  verdict.set_sequences(first.sequences());
  verdict.set_tokens(first.tokens());
  const auto bounds = [](const auto& r) { return bounds_of(sums_of(r)).value_or(GainBounds{}); };
  verdict.set_mean_gain_nano(median(reports, [&](const auto& r) { return bounds(r).mean; }));
  verdict.set_lower_bound_nano(median(reports, [&](const auto& r) { return bounds(r).lower; }));
  verdict.set_upper_harm_nano(
      -median(reports, [&](const auto& r) { return -bounds(r).upper_harm; }));
  verdict.set_incumbent_loss_nano(std::uint64_t(
      median(reports, [](const auto& r) { return std::int64_t(r.incumbent_loss_nano()); })));
  verdict.set_candidate_loss_nano(std::uint64_t(
      median(reports, [](const auto& r) { return std::int64_t(r.candidate_loss_nano()); })));
  return verdict;
}

void refuse(pb::Verdict& verdict, pb::Reason reason, const pb::SliceVerdict& at,
            std::pair<std::int64_t, std::int64_t> measured_and_limit) {
  if (verdict.reason() != pb::REASON_NONE) return;  // the first reason found is the one told
  verdict.set_reason(reason);
  verdict.set_slice(at.slice());
  verdict.set_half(at.half());
  verdict.set_measured_nano(measured_and_limit.first);
  verdict.set_limit_nano(measured_and_limit.second);
}

/// The gate's refusal, when half of the committee or more saw one.
bool gate_refuses(std::span<const pb::Report> reports, pb::Verdict& verdict) {
  std::map<int, std::size_t> votes;
  std::size_t refusals = 0;
  for (const auto& report : reports) {
    if (report.gate().reason() == pb::REASON_NONE) continue;
    ++votes[report.gate().reason()];
    ++refusals;
  }
  if (refusals * 2 < reports.size() || refusals == 0) return false;
  const auto most = std::ranges::max_element(
      votes, [](const auto& a, const auto& b) { return a.second < b.second; });
  const auto spoken = std::ranges::find_if(
      reports, [&](const auto& r) { return r.gate().reason() == most->first; });
  verdict.set_reason(spoken->gate().reason());
  verdict.set_measured_nano(spoken->gate().measured_nano());
  verdict.set_limit_nano(spoken->gate().limit_nano());
  verdict.set_detail(spoken->gate().detail());
  verdict.set_other_candidate(spoken->gate().other_candidate());
  return true;
}

void judge_gain(pb::Verdict& verdict, const VerdictRules& rules) {
  const auto wanted = std::int64_t(rules.params.min_gain_nano());
  for (const auto& slice : verdict.slices()) {
    if (slice.target() && slice.lower_bound_nano() < wanted) {
      refuse(verdict, pb::REASON_NO_GAIN, slice, {slice.lower_bound_nano(), wanted});
    }
  }
}

void judge_harm(pb::Verdict& verdict, const VerdictRules& rules) {
  const auto limit = std::int64_t(rules.params.max_harm_nano());
  for (const auto& slice : verdict.slices()) {
    if (!slice.target() && slice.upper_harm_nano() > limit) {
      refuse(verdict, pb::REASON_HARM, slice, {slice.upper_harm_nano(), limit});
    }
  }
  const auto season_limit = std::int64_t(rules.params.max_cumulative_harm_nano());
  const auto added = added_harm(verdict);
  for (const auto& slice : verdict.slices()) {
    const auto before = rules.harm_nano.find(slice.slice());
    const auto add = added.find(slice.slice());
    const std::uint64_t total = (before == rules.harm_nano.end() ? 0 : before->second) +
                                (add == added.end() ? 0 : add->second);
    if (!slice.target() && total > std::uint64_t(season_limit)) {
      refuse(verdict, pb::REASON_CUMULATIVE_HARM, slice, {std::int64_t(total), season_limit});
    }
  }
}

}  // namespace

Status check_report(const pb::Report& report, const VerdictRules& rules) {
  if (!pb::Reason_IsValid(report.gate().reason()) || report.gate().detail().size() > 200) {
    return bad("the gate's reason is unknown or its detail longer than 200 bytes");
  }
  if (report.gate().reason() != pb::REASON_NONE) {
    return report.slices_size() == 0 ? Status{} : bad("a refused candidate is not measured");
  }
  if (std::size_t(report.slices_size()) != rules.slices.size() * 2) {
    return bad(fmt::format("{} slice reports; both halves of {} slices are needed",
                           report.slices_size(), rules.slices.size()));
  }
  for (int i = 0; i < report.slices_size(); ++i) {
    const auto& slice = report.slices(i);
    if (slice.slice() != rules.slices[std::size_t(i) / 2] ||
        slice.half() != (i % 2 == 0 ? pb::HALF_PUBLIC : pb::HALF_HIDDEN)) {
      return bad("slices are not in order of their names, public half before hidden");
    }
    TRY_STATUS(check_slice(slice, rules.params));
  }
  return {};
}

pb::Verdict decide(std::span<const pb::Report> reports, const VerdictRules& rules) {
  pb::Verdict verdict;
  if (gate_refuses(reports, verdict)) return verdict;
  for (int i = 0; i < int(rules.slices.size() * 2); ++i) {
    std::vector<const pb::SliceReport*> column;
    for (const auto& report : reports) {
      if (report.gate().reason() == pb::REASON_NONE) column.push_back(&report.slices(i));
    }
    const bool target = rules.slices[std::size_t(i) / 2] == rules.target_slice;
    *verdict.add_slices() = judge_slice(column, target);
  }
  judge_gain(verdict, rules);
  judge_harm(verdict, rules);
  verdict.set_accepted(verdict.reason() == pb::REASON_NONE);
  return verdict;
}

std::vector<bool> agreement(std::span<const pb::Report> reports) {
  std::map<Bytes, std::size_t> votes;
  for (const auto& report : reports) ++votes[schema::encode(report)];
  const auto most = std::ranges::max_element(
      votes, [](const auto& a, const auto& b) { return a.second < b.second; });
  std::vector<bool> agrees(reports.size(), true);
  if (most == votes.end() || most->second * 2 <= reports.size()) return agrees;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    agrees[i] = schema::encode(reports[i]) == most->first;
  }
  return agrees;
}

std::map<std::string, std::uint64_t> added_harm(const pb::Verdict& verdict) {
  std::map<std::string, std::uint64_t> harm;
  for (const auto& slice : verdict.slices()) {
    if (slice.target() || slice.mean_gain_nano() >= 0) continue;
    auto& at = harm[slice.slice()];
    at = std::max(at, std::uint64_t(-slice.mean_gain_nano()));
  }
  return harm;
}

}  // namespace cambium::chain::evaluation
