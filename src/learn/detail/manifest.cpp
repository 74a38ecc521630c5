#include "learn/detail/manifest.hpp"

#include <cstring>

#include "base/amount.hpp"
#include "crypto/merkle.hpp"
#include "crypto/sha256.hpp"

namespace cambium::learn::detail {
namespace {

Hash log_hash(const TrainState& state) {
  Bytes bytes;
  for (const float loss : state.losses()) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &loss, sizeof bits);
    append_be32(bytes, bits);
  }
  return crypto::sha256(bytes);
}

Hash batch_root(const TrainState& state) {
  std::vector<Hash> leaves;
  for (const auto& leaf : state.leaves()) leaves.push_back(*Hash::from(as_bytes(leaf)));
  return crypto::merkle_root(leaves);
}

void add_datasets(const BatchPlan& plan, std::uint64_t steps, Lineage& out) {
  const auto rows = rows_by_share(plan, steps);
  for (std::size_t i = 0; i < plan.shares.size(); ++i) {
    const StreamShare& share = plan.shares[i];
    auto* use = out.add_datasets();
    use->set_id(share.stream->dataset);
    use->set_version(share.stream->version);
    use->set_root(to_string(share.stream->root.view()));
    use->set_share_nano(share.share_nano);
    use->set_samples(rows[i]);
    use->set_stream_tokens(share.stream->tokens.size());
    use->set_stream_hash(to_string(token_hash(share.stream->tokens).view()));
    use->set_replay(share.replay);
  }
}

}  // namespace

std::vector<StreamShare> shares_of(const ExpertJob& job) {
  std::vector<StreamShare> out;
  const std::uint64_t replay = job.replay.empty() ? 0 : job.scheme.replay_nano;
  out.push_back({&job.domain, kNano - replay, false});
  for (const TokenStream& stream : job.replay) {
    out.push_back({&stream, replay / job.replay.size(), true});
  }
  return out;
}

Hash job_hash(const ExpertJob& job) {
  Bytes bytes = to_bytes("cambium/expert-job/v1");
  append(bytes, job.seed.view());
  append(bytes, job.head_root.view());
  for (const std::uint64_t value : {std::uint64_t{job.batch_rows}, std::uint64_t{job.row_tokens},
                                    job.scheme.replay_nano, job.budget.steps}) {
    append_be64(bytes, value);
  }
  const ExpertScheme& s = job.scheme;
  for (const double value :
       {s.rate, s.replay_weight, s.replay_loss, s.anchor_share, s.most_harm}) {
    append_be64(bytes, static_cast<std::uint64_t>(value * 1e9));
  }
  for (const auto& name : job.experts) append(bytes, as_bytes(model::to_text(name)));
  for (const StreamShare& share : shares_of(job)) {
    append(bytes, token_hash(share.stream->tokens).view());
  }
  return crypto::sha256(bytes);
}

Lineage manifest_of(const ManifestJob& run, const model::ExpertName& expert) {
  const ExpertJob& job = run.job;
  Lineage out;
  out.set_model(job.model);
  out.set_expert(model::to_text(expert));
  for (const auto& name : job.experts) out.add_bundle(model::to_text(name));
  out.set_base(to_string(job.head_root.view()));
  add_datasets(run.plan, run.state.step(), out);
  out.set_seed(to_string(job.seed.view()));
  out.set_batch_rows(job.batch_rows);
  out.set_row_tokens(job.row_tokens);
  out.set_steps(run.state.step());
  out.set_samples(run.state.step() * job.batch_rows);
  out.set_cpu_ms(run.state.cpu_ms());
  out.set_batch_root(to_string(batch_root(run.state).view()));
  out.set_log_hash(to_string(log_hash(run.state).view()));
  *out.mutable_checkpoints() = run.state.checkpoints();
  out.set_start_ms(run.state.start_ms());
  out.set_end_ms(run.end.value);
  out.set_tokenizer(to_string(job.tokenizer.view()));
  out.set_trainer(to_string(job.trainer));
  return out;
}

}  // namespace cambium::learn::detail
