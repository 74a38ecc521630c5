#include <chrono>
#include <condition_variable>

#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/models/models.hpp"
#include "node/node.hpp"
#include "node/trainer_backend.hpp"

namespace cambium::node {
namespace {

namespace evaluation = chain::evaluation;
namespace models = chain::models;

constexpr std::int64_t kBlockWaitMs = 10'000;

class LocalBackend final : public TrainerBackend {
 public:
  LocalBackend(Node& node, engine::AccountSender& sender, KeyPtr key)
      : node_(node), sender_(sender), key_(std::move(key)) {}

  const crypto::SigningKey& key() const override { return *key_; }
  std::string chain_id() const override { return node_.compute().chain_id(); }

  Result<ModelHead> head(const std::string& model) override {
    TRY(auto view, node_.compute().state_at());
    return read_head(view, model);
  }
  Result<model::SharedWeights> weights(const ModelHead& head) override {
    return load_weights(node_.store(), head);
  }
  Result<std::shared_ptr<const model::Tokenizer>> tokenizer(const ModelHead& head) override {
    return load_tokenizer(node_.store(), head);
  }
  Result<std::uint32_t> work_bits() override {
    TRY(auto view, node_.compute().state_at());
    auto bytes = view.get(models::kModelParams.key({}));
    return bytes ? models::kModelParams.decoded(*bytes).work_bits() : 0;
  }

  Result<std::vector<models::pb::SlotLease>> leases(const std::string& model) override {
    TRY(auto view, node_.compute().state_at());
    std::vector<models::pb::SlotLease> out;
    const Bytes prefix = models::kLeases.prefix(model);
    view.scan({prefix, {}}, [&](ByteView, ByteView value) {
      auto lease = models::kLeases.decoded(value);
      const bool live = lease.expires_height() > view.height().value;
      if (live && lease.account() == sender_.sender()) out.push_back(std::move(lease));
      return true;
    });
    TRY_STATUS(view.health());
    return out;
  }

  Result<std::optional<evaluation::pb::Candidate>> find(const Hash& commitment) override {
    std::optional<evaluation::pb::Candidate> none;
    TRY(auto view, node_.compute().state_at());
    auto ref = view.get(evaluation::kCommitments.key({commitment}));
    if (!ref) return none;
    const auto id = evaluation::kCommitments.decoded(*ref).candidate();
    auto bytes = view.get(evaluation::kCandidates.key({id}));
    if (!bytes) return none;
    return std::optional(evaluation::kCandidates.decoded(*bytes));
  }

  Result<engine::TxOutcome> send(std::vector<engine::TxMsg> msgs) override {
    return sender_.send(std::move(msgs));
  }
  Status put_payload(const Hash& root, ByteView content) override {
    return node_.store().put_as(root, content);
  }

  Status next_block(Pace pace) override {
    std::mutex mutex;
    std::condition_variable changed;
    bool moved = false;
    auto subscription = node_.compute().subscribe([&](const engine::BlockPtr&) {
      std::lock_guard lock(mutex);
      moved = true;
      changed.notify_all();
    });
    if (pace == Pace::hurry) node_.nudge();
    std::unique_lock lock(mutex);
    changed.wait_for(lock, std::chrono::milliseconds(kBlockWaitMs), [&] { return moved; });
    lock.unlock();  // the engine may be in the callback while the subscription ends
    subscription.reset();
    if (moved || pace == Pace::wait) return {};
    return fail(ErrorCode::timeout, "The compute chain makes no blocks; look at the node's log.");
  }

 private:
  Node& node_;
  engine::AccountSender& sender_;
  KeyPtr key_;
};

}  // namespace

Result<std::unique_ptr<TrainerBackend>> local_backend(Node& node, std::string_view key_name) {
  TRY(auto key, node.keys().find(std::string(key_name)));
  TRY(auto sender, node.sender(key_name, node.compute()));
  return std::make_unique<LocalBackend>(node, *sender, std::move(key));
}

}  // namespace cambium::node
