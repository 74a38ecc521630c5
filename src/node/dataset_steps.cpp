#include "node/dataset_steps.hpp"

#include "base/crash_point.hpp"
#include "chain/modules/datasets/datasets.hpp"
#include "node/corpus.hpp"
#include "node/trainer_backend.hpp"

namespace cambium::node {
namespace {

namespace datasets = chain::datasets;
namespace pb = cambium::datasets::v1;

const CrashPoint kAfterRegister("node.datasets.after_register");
const CrashPoint kAfterApprove("node.datasets.after_approve");

constexpr int kCrossingBlocks = 200;

Result<std::optional<pb::Dataset>> find(engine::Engine& chain, const data::DatasetRecord& record) {
  TRY(auto view, chain.state_at());
  auto bytes = view.get(datasets::kDatasets.key({dataset_name(record)}));
  if (!bytes) return std::optional<pb::Dataset>();
  return std::optional(datasets::kDatasets.decoded(*bytes));
}

pb::Register registration(const data::DatasetRecord& record, const std::string& sender) {
  pb::Register out;
  out.set_sender(sender);
  out.set_id(record.id);
  out.set_version(record.version);
  out.set_title(record.title);
  out.set_licence(record.licence);
  out.set_source(record.source);
  out.set_size_bytes(record.bytes);
  out.set_samples(record.samples);
  out.set_merkle_root(to_string(record.root));
  for (const auto& hash : record.sample_hashes) out.add_sample_hashes(to_string(hash));
  return out;
}

/// Public text in a package of the distribution, judged by the operator of a network of one.
pb::Approve approval(const data::DatasetRecord& record, const std::string& sender) {
  pb::Approve out;
  out.set_sender(sender);
  out.set_id(record.id);
  out.set_version(record.version);
  out.set_tier(pb::TIER_SILVER);
  out.mutable_scores()->set_quality_nano(800'000'000);
  out.mutable_scores()->set_diversity_nano(600'000'000);
  out.mutable_scores()->set_usefulness_nano(700'000'000);
  return out;
}

Status register_one(Node& node, const data::DatasetRecord& record) {
  TRY(auto authority, node.sender(kOperatorKey, node.utility()));
  TRY(auto known, find(node.utility(), record));
  if (!known) {
    engine::TxMsg msg;
    *msg.mutable_datasets()->mutable_register_() = registration(record, authority->sender());
    TRY(auto outcome, authority->send({msg}));
    static_cast<void>(outcome);
    kAfterRegister.pass();
  }
  if (!known || known->status() == pb::STATUS_REGISTERED) {
    engine::TxMsg msg;
    *msg.mutable_datasets()->mutable_approve() = approval(record, authority->sender());
    TRY(auto outcome, authority->send({msg}));
    static_cast<void>(outcome);
    kAfterApprove.pass();
  }
  return {};
}

}  // namespace

Status register_datasets(Node& node, const std::vector<data::Dataset>& sets,
                         std::stop_token stop) {
  for (const auto& dataset : sets) TRY_STATUS(register_one(node, dataset.record));
  TRY(auto backend, local_backend(node, kTrainerKey));
  for (const auto& dataset : sets) {
    for (int blocks = 0;; ++blocks) {
      TRY(auto arrived, find(node.compute(), dataset.record));
      if (arrived) break;
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "Stopped as asked.");
      if (blocks == kCrossingBlocks) {
        return fail(ErrorCode::timeout,
                    "The approval of a dataset does not reach the compute chain; is the role "
                    "`relay` switched on?");
      }
      TRY_STATUS(backend->next_block(TrainerBackend::Pace::wait));
    }
  }
  return {};
}

}  // namespace cambium::node
