#include "cli/remote_backend.hpp"

#include <condition_variable>
#include <mutex>

#include "chain/modules/models/block_header.hpp"
#include "node/node.hpp"

namespace cambium::cli {
namespace {

namespace models = cambium::models::v1;
namespace evaluation = cambium::evaluation::v1;

constexpr auto kPoll = std::chrono::milliseconds(250);
constexpr auto kBlockWait = std::chrono::seconds(10);
constexpr auto kLongestWait = std::chrono::seconds(60);  // between two blocks of a live chain

class RemoteBackend final : public node::TrainerBackend {
 public:
  RemoteBackend(RemoteLink link, std::string chain_id, std::unique_ptr<store::BlockStore> store)
      : node_(std::move(link.node)), key_(std::move(link.key)), stop_(std::move(link.stop)),
        chain_id_(std::move(chain_id)), store_(std::move(store)),
        chain_(node_, std::string(node::kComputeAlias)), sender_(chain_, *key_) {}

  const crypto::SigningKey& key() const override { return *key_; }
  std::string chain_id() const override { return chain_id_; }

  Result<node::ModelHead> head(const std::string& model) override {
    node::ModelHead out;
    TRY_STATUS(chain_.query_into({"models", "model"}, {{"model", model}}, out.model));
    TRY_STATUS(chain_.query_into({"models", "rules"}, {{"model", model}}, out.rules));
    out.index_root = Hash::from(as_bytes(out.model.index_root())).value_or(Hash{});
    models::IndexList index;
    TRY_STATUS(chain_.query_into({"models", "index"}, {{"model", model}}, index));
    for (const auto& entry : index.items()) TRY_STATUS(add_block(entry, out));
    return out;
  }

  Result<model::SharedWeights> weights(const node::ModelHead& head) override {
    for (const auto& [name, root] : head.payloads) TRY_STATUS(fetch(root));
    return node::load_weights(*store_, head);
  }

  Result<std::shared_ptr<const model::Tokenizer>> tokenizer(const node::ModelHead& head) override {
    const auto root = Hash::from(as_bytes(head.rules.tokenizer_root()));
    if (!root) return fail(ErrorCode::corrupt, "The model's rules name no tokenizer.");
    TRY_STATUS(fetch(*root));
    return node::load_tokenizer(*store_, head);
  }

  Result<std::uint32_t> work_bits() override {
    models::Params params;
    TRY_STATUS(chain_.query_into({"models", "params"}, {}, params));
    return params.work_bits();
  }

  Result<std::vector<models::SlotLease>> leases(const std::string& model) override {
    TRY(const auto status, chain_.status());
    models::LeaseList list;
    TRY_STATUS(chain_.query_into({"models", "leases"}, {{"model", model}}, list));
    const std::string own = to_string(crypto::address_of(key_->public_key()));
    std::vector<models::SlotLease> out;
    for (const auto& lease : list.items()) {
      if (lease.account() == own && lease.expires_height() > status.height) out.push_back(lease);
    }
    return out;
  }

  Result<std::optional<evaluation::Candidate>> find(const Hash& commitment) override {
    evaluation::CandidateList list;
    const auto own = crypto::address_of(key_->public_key()).text();
    TRY_STATUS(chain_.query_into({"evaluation", "candidates"}, {{"account", own}}, list));
    for (const auto& candidate : list.items()) {
      if (equal(as_bytes(candidate.commitment()), commitment)) return std::optional(candidate);
    }
    return std::optional<evaluation::Candidate>();
  }

  Result<engine::TxOutcome> send(std::vector<engine::TxMsg> msgs) override {
    TRY(const auto report, sender_.send(std::move(msgs)));
    engine::TxOutcome out;
    out.id = TxId::from_hex(report.hash).value_or(TxId{});
    out.height = {report.height};
    return out;
  }

  Status put_payload(const Hash& root, ByteView content) override {
    TRY_STATUS(store_->put_as(root, content));
    return node_.put_payload(root, content);
  }

  // A far node makes blocks at its own pace, so `hurry` only means that more is due.
  Status next_block(Pace pace) override {
    TRY(const auto before, chain_.status());
    const auto longest = pace == Pace::wait ? kBlockWait : kLongestWait;
    const auto deadline = std::chrono::steady_clock::now() + longest;
    while (std::chrono::steady_clock::now() < deadline) {
      std::mutex mutex;
      std::condition_variable_any changed;
      std::unique_lock lock(mutex);
      changed.wait_for(lock, stop_, kPoll, [] { return false; });
      if (stop_.stop_requested()) return fail(ErrorCode::cancelled, "Stopped as asked.");
      TRY(const auto now, chain_.status());
      if (now.height > before.height) return {};
    }
    if (pace == Pace::wait) return {};
    return fail(ErrorCode::timeout, "The compute chain makes no blocks; look at the node's log.");
  }

 private:
  Status add_block(const models::IndexEntry& entry, node::ModelHead& head) {
    const auto id = BlockId::from(as_bytes(entry.block()));
    if (!id) return fail(ErrorCode::corrupt, "The node's index names a malformed block.");
    models::Block block;
    TRY_STATUS(chain_.query_into({"models", "block"}, {{"id", id->hex()}}, block));
    TRY(const auto parsed, chain::models::parse_header(as_bytes(block.header())));
    head.payloads[entry.name()] = parsed.payload_root;
    head.blocks[entry.name()] = *id;
    const auto name = model::parse_expert_name(entry.name());
    if (name && name->expert >= head.rules.architecture().experts()) {
      head.contributed.push_back(*name);
    }
    return {};
  }

  /// The store refuses bytes that are not what the root names.
  Status fetch(const Hash& root) {
    if (store_->has(root)) return {};
    TRY(const auto content, node_.payload(root));
    return store_->put_as(root, content);
  }

  client::NodeApi node_;
  node::KeyPtr key_;
  std::stop_token stop_;
  std::string chain_id_;
  std::unique_ptr<store::BlockStore> store_;
  client::ChainApi chain_;
  client::Sender sender_;
};

}  // namespace

Result<std::unique_ptr<node::TrainerBackend>> remote_backend(RemoteLink link) {
  TRY(const auto status,
      client::ChainApi(link.node, std::string(node::kComputeAlias)).status());
  std::error_code error;
  std::filesystem::create_directories(link.store, error);
  TRY(auto store, store::BlockStore::open(link.store));
  return std::make_unique<RemoteBackend>(std::move(link), status.chain_id, std::move(store));
}

}  // namespace cambium::cli
