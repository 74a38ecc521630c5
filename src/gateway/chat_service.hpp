// Answers prompts for every chat endpoint: one queue, one way of billing.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "gateway/billing/billing.hpp"
#include "gateway/billing/outbox.hpp"
#include "node/node.hpp"
#include "serve/host.hpp"

namespace cambium::gateway {

struct ChatJob {
  serve::ChatRequest request;
  std::string account;
  std::string request_id;
};

/// An answer that has been paid for.
struct ChatResult {
  std::string text;
  std::string model;
  Hash index_root;
  std::uint64_t input_tokens = 0;
  std::uint64_t output_tokens = 0;  // delivered
  serve::MicroCredits input_cost, output_cost, total_cost;
  double tokens_per_second = 0;
  double duration_s = 0;
  model::StopReason reason = model::StopReason::length;
  std::vector<serve::ReceiptExpert> experts;
};

/// What a client hears, in this order, on one worker thread: start, tokens, a tail where text was
/// held back, then end or error.
class ChatListener {
 public:
  virtual ~ChatListener() = default;
  virtual void on_start(const serve::Prepared& prepared, serve::MicroCredits input_cost) = 0;
  /// False when the token could not be delivered: it is not billed and the answer ends.
  virtual bool on_token(const serve::Chunk& chunk, double tokens_per_second) = 0;
  /// Text that waited for a stop sequence or the rest of a character: nothing more is billed.
  virtual void on_tail(std::string_view text, const ChatResult& result) = 0;
  virtual void on_end(const ChatResult& result) = 0;
  virtual void on_error(const Error& error) = 0;
};

/// Cancels from any thread; takes effect before the next token.
using CancelPtr = std::shared_ptr<model::CancelToken>;

class ChatService {
 public:
  /// `threads` is how many answers are worked on at once.
  ChatService(node::Node& node, Billing& billing, Outbox& outbox, unsigned threads);
  ~ChatService();
  /// Cancels every answer, lets each be billed and told, and takes no more.
  void stop();

  /// Checks the request, holds its greatest price and queues it. The listener lives until its
  /// on_end or on_error has returned.
  Result<CancelPtr> start(const ChatJob& job, std::shared_ptr<ChatListener> listener);
  /// The same, waiting for the end.
  Result<ChatResult> answer(const ChatJob& job);

 private:
  struct Work;
  void run();
  void perform(Work& work);

  node::Node& node_;
  Billing& billing_;
  Outbox& outbox_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Work>> queue_;
  std::set<CancelPtr> under_way_;  // queued or being answered
  bool stopping_ = false;
  std::vector<std::thread> threads_;  // joined by stop
};

}  // namespace cambium::gateway
