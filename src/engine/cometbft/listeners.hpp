// Who is told of every final block.
#pragma once

#include <list>
#include <mutex>

#include "engine/engine.hpp"

namespace cambium::engine {

/// Outlives its subscriptions.
class Listeners {
 public:
  std::unique_ptr<Subscription> add(OnBlock on_block);
  void tell(const BlockPtr& block);

 private:
  class Held;
  std::mutex mutex_;  // held during calls, so that ending a subscription waits for one under way
  std::list<std::weak_ptr<OnBlock>> calls_;
};

}  // namespace cambium::engine
