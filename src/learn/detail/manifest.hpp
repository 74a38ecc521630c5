// Fills a lineage manifest from a run.
#pragma once

#include "learn/detail/checkpoint.hpp"
#include "learn/expert_trainer.hpp"

namespace cambium::learn::detail {

/// Streams in the order domain, replay...; shares sum to 10^9.
std::vector<StreamShare> shares_of(const ExpertJob& job);

/// What must be equal for a checkpoint to be this job's.
Hash job_hash(const ExpertJob& job);

/// A manifest for one expert of the run whose state has ended.
struct ManifestJob {
  const ExpertJob& job;
  const TrainState& state;
  const BatchPlan& plan;
  TimeMs end;
};
Lineage manifest_of(const ManifestJob& run, const model::ExpertName& expert);

/// Rows that the plan's first `steps` batches draw from each share.
std::vector<std::uint64_t> rows_by_share(const BatchPlan& plan, std::uint64_t steps);

}  // namespace cambium::learn::detail
