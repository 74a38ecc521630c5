// The thread that drives an embedded engine in production.
#pragma once

#include <functional>
#include <thread>

#include "engine/embedded/embedded_engine.hpp"

namespace cambium::engine {

/// Ticks until destroyed; then the engine is stopped, its state flushed and the thread joined.
class EngineRunner {
 public:
  /// `on_halt` hears, on the engine's thread, why the engine could not go on.
  EngineRunner(EmbeddedEngine& engine, const Clock& clock,
               std::function<void(const Error&)> on_halt);
  ~EngineRunner();
  EngineRunner(const EngineRunner&) = delete;
  EngineRunner& operator=(const EngineRunner&) = delete;

 private:
  void run(std::stop_token stop);

  EmbeddedEngine& engine_;
  const Clock& clock_;
  std::function<void(const Error&)> on_halt_;
  std::jthread thread_;  // last: it uses all the others
};

}  // namespace cambium::engine
