#include "gateway/chat_service.hpp"

#include <future>

#include "base/log.hpp"
#include "crypto/sha256.hpp"

namespace cambium::gateway {
namespace {

// Longer queues only make everybody wait; the client is told to come back.
constexpr std::size_t kMaxQueued = 1024;

double seconds_between(std::int64_t from_ns, std::int64_t to_ns) {
  return double(to_ns - from_ns) * 1e-9;
}

// The same prompt and seed give the same answer; each time it is asked, it is paid.
Hash request_of(const Hash& prepared, const std::string& request_id) {
  return crypto::sha256(
      {as_bytes("cambium/asked/v1"), prepared.view(), as_bytes(request_id)});
}

// 10^-9 ucbm for micro-credits at the posted rate of credits per CBM.
std::uint64_t fee_nano_ucbm(serve::MicroCredits cost, Ratio credits_per_cbm) {
  // micro-credits / (credits per CBM) = ucbm; both numerators are 10^-9 fixed point.
  const auto fee = u128(cost.value) * kNano * kNano / credits_per_cbm.nano;
  return std::uint64_t(fee);
}

class Collector final : public ChatListener {
 public:
  explicit Collector(std::promise<Result<ChatResult>>& done) : done_(done) {}
  void on_start(const serve::Prepared&, serve::MicroCredits) override {}
  bool on_token(const serve::Chunk&, double) override { return true; }
  void on_tail(std::string_view, const ChatResult&) override {}
  void on_end(const ChatResult& result) override { done_.set_value(result); }
  void on_error(const Error& error) override { done_.set_value(tl::unexpected(error)); }

 private:
  std::promise<Result<ChatResult>>& done_;
};

}  // namespace

struct ChatService::Work {
  serve::Prepared prepared;
  Ratio credits_per_cbm;
  std::string request_id;
  Hold hold;
  CancelPtr cancel;
  std::shared_ptr<ChatListener> listener;
};

ChatService::ChatService(node::Node& node, Billing& billing, Outbox& outbox, unsigned threads)
    : node_(node), billing_(billing), outbox_(outbox) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

ChatService::~ChatService() { stop(); }

void ChatService::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const auto& cancel : under_way_) cancel->cancel();
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

Result<CancelPtr> ChatService::start(const ChatJob& job, std::shared_ptr<ChatListener> listener) {
  TRY(auto prepared, node_.host().prepare(job.request));
  const auto most = prepared.prices.total({prepared.input_tokens, prepared.generate.max_tokens});
  TRY(auto hold, billing_.hold(job.account, most, job.request_id));
  auto cancel = std::make_shared<model::CancelToken>();
  auto work = std::make_unique<Work>(Work{std::move(prepared), job.request.credits_per_cbm,
                                          job.request_id, std::move(hold), cancel,
                                          std::move(listener)});
  {
    std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= kMaxQueued) {
      return fail(ErrorCode::unavailable, "too many prompts are waiting; try again in a moment");
    }
    queue_.push_back(std::move(work));
    under_way_.insert(cancel);
  }
  wake_.notify_one();
  return cancel;
}

Result<ChatResult> ChatService::answer(const ChatJob& job) {
  std::promise<Result<ChatResult>> done;
  auto ended = done.get_future();
  TRY_STATUS(start(job, std::make_shared<Collector>(done)));
  return ended.get();
}

void ChatService::run() {
  for (;;) {
    std::unique_ptr<Work> work;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      work = std::move(queue_.front());
      queue_.pop_front();
    }
    perform(*work);
    std::lock_guard lock(mutex_);
    under_way_.erase(work->cancel);
  }
}

void ChatService::perform(Work& work) {
  const auto& clock = node_.clock();
  const auto& prices = work.prepared.prices;
  const auto began = clock.monotonic_ns();
  work.listener->on_start(work.prepared, prices.input_cost(work.prepared.input_tokens));
  std::uint64_t delivered = 0;
  std::size_t sent_bytes = 0;
  const auto on_chunk = [&](const serve::Chunk& chunk) {
    const auto elapsed = seconds_between(began, clock.monotonic_ns());
    if (!work.listener->on_token(chunk, double(chunk.index + 1) / std::max(elapsed, 1e-6))) {
      return false;
    }
    ++delivered;
    sent_bytes += chunk.text.size();
    return true;
  };
  auto outcome = node_.host().answer(work.prepared, on_chunk, *work.cancel);
  if (!outcome) return work.listener->on_error(outcome.error());

  // Stop sequences may end an answer before the last tokens drawn; only what was sent is billed.
  ChatResult result;
  const auto ended = clock.monotonic_ns();
  const std::span tokens(outcome->tokens.data(), std::min(delivered, outcome->tokens.size()));
  const auto receipt = serve::make_receipt(
      {request_of(work.prepared.request, work.request_id), work.prepared.snapshot->id,
       work.prepared.snapshot->index_root, work.prepared.input_tokens},
      tokens, outcome->usage);
  result.text = std::move(outcome->text);
  result.model = work.prepared.snapshot->id;
  result.index_root = work.prepared.snapshot->index_root;
  result.input_tokens = work.prepared.input_tokens;
  result.output_tokens = delivered;
  result.input_cost = prices.input_cost(result.input_tokens);
  result.output_cost = prices.output_cost(delivered);
  result.total_cost = prices.total({result.input_tokens, delivered});
  result.duration_s = seconds_between(began, ended);
  result.tokens_per_second = double(delivered) / std::max(result.duration_s, 1e-6);
  result.reason = outcome->reason;
  result.experts = receipt.experts;
  const node::PaidAnswer paid{receipt, fee_nano_ucbm(result.total_cost, work.credits_per_cbm),
                              std::uint64_t((ended - began) / 1'000'000)};
  const auto captured = work.hold.capture(result.total_cost, Outbox::evidence_of(paid));
  if (!captured) return work.listener->on_error(captured.error());
  outbox_.send(paid);
  if (sent_bytes < result.text.size()) {
    work.listener->on_tail(std::string_view(result.text).substr(sent_bytes), result);
  }
  work.listener->on_end(result);
}

}  // namespace cambium::gateway
