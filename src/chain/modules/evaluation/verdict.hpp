// From the reports of a committee to accepted or rejected, with the reason and its numbers.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cambium/evaluation/v1/evaluation.pb.h"

namespace cambium::chain::evaluation {

namespace pb = cambium::evaluation::v1;

/// What the verdict depends on beside the reports.
struct VerdictRules {
  const pb::Params& params;
  std::string target_slice;
  std::vector<std::string> slices;                 // every slice of the model, ascending
  std::map<std::string, std::uint64_t> harm_nano;  // accepted so far this season, by slice
};

/// A report is well formed when its gate speaks, or when it has both halves of every slice in
/// order, each with enough sequences and tokens and sums that some sample could have.
Status check_report(const pb::Report& report, const VerdictRules& rules);

/// Medians over well-formed reports, at least one: the lower median of gains and the upper median
/// of harms, so that a tie counts against the candidate. When half or more of the gates refuse,
/// the candidate is refused with the most frequent reason.
pb::Verdict decide(std::span<const pb::Report> reports, const VerdictRules& rules);

/// For each report: does it agree with the majority's bytes? With no majority all agree.
std::vector<bool> agreement(std::span<const pb::Report> reports);

/// Harm that accepting would add to a slice: the larger mean harm of its halves, 0 for a gain.
std::map<std::string, std::uint64_t> added_harm(const pb::Verdict& verdict);

}  // namespace cambium::chain::evaluation
