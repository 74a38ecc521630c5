#include "engine/cometbft/listeners.hpp"

namespace cambium::engine {

class Listeners::Held final : public Subscription {
 public:
  Held(std::shared_ptr<OnBlock> call, std::mutex& calling)
      : call_(std::move(call)), calling_(calling) {}
  ~Held() override {
    std::lock_guard lock(calling_);
    call_.reset();
  }

 private:
  std::shared_ptr<OnBlock> call_;
  std::mutex& calling_;
};

std::unique_ptr<Subscription> Listeners::add(OnBlock on_block) {
  auto call = std::make_shared<OnBlock>(std::move(on_block));
  std::lock_guard lock(mutex_);
  calls_.push_back(call);
  return std::make_unique<Held>(std::move(call), mutex_);
}

void Listeners::tell(const BlockPtr& block) {
  std::lock_guard lock(mutex_);
  for (auto it = calls_.begin(); it != calls_.end();) {
    if (const auto call = it->lock()) {
      (*call)(block);
      ++it;
    } else {
      it = calls_.erase(it);
    }
  }
}

}  // namespace cambium::engine
