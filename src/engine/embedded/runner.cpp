#include "engine/embedded/runner.hpp"

#include "base/log.hpp"

namespace cambium::engine {

EngineRunner::EngineRunner(EmbeddedEngine& engine, const Clock& clock,
                           std::function<void(const Error&)> on_halt)
    : engine_(engine), clock_(clock), on_halt_(std::move(on_halt)),
      thread_([this](std::stop_token stop) { run(stop); }) {}

EngineRunner::~EngineRunner() {
  thread_.request_stop();
  engine_.stop();
  thread_.join();
  if (auto flushed = engine_.flush(); !flushed) {
    spdlog::warn("{}: {} The next start replays the last blocks.", engine_.alias(),
                 flushed.error().message);
  }
}

void EngineRunner::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    auto next = engine_.tick(clock_.now());
    if (!next) {
      spdlog::error("{} halted: {}", engine_.alias(), next.error().message);
      on_halt_(next.error());
      return;
    }
    engine_.wait_for_work(*next);
  }
}

}  // namespace cambium::engine
