#include "node/chain_unit.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "engine/storage/write_behind_store.hpp"
#include "state/audit.hpp"

namespace cambium::node {
namespace {

Result<std::unique_ptr<state::NodeStore>> open_state(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  auto store = engine::open_state_store(folder);
  Status sound;
  if (store) sound = state::audit(**store);
  if (!store) sound = tl::unexpected<Error>(store.error());
  if (sound) return store;
  if (sound.error().code != ErrorCode::corrupt) return tl::unexpected<Error>(sound.error());
  spdlog::warn("{} It is made again from the block log.", sound.error().message);
  if (store) store->reset();  // closes it before its folder moves
  const auto aside = folder.string() + ".damaged";
  std::filesystem::remove_all(aside, error);
  std::filesystem::rename(folder, aside, error);
  std::filesystem::create_directories(folder, error);
  return engine::open_state_store(folder);
}

engine::MempoolLimits mempool_limits(const Config& config) {
  return {.max_txs = config.whole("engine.mempool_max_txs"),
          .max_bytes = config.whole("engine.mempool_max_mib") << 20,
          .max_per_sender = config.whole("engine.mempool_per_sender"),
          .expiry_ms = static_cast<std::int64_t>(config.whole("engine.mempool_expiry_ms"))};
}

}  // namespace

Result<std::unique_ptr<ChainUnit>> ChainUnit::open(const HomePaths& paths, Options options,
                                                   const Config& config, KeyPtr operator_key,
                                                   const crypto::SignatureVerifier& verifier,
                                                   const Clock& clock) {
  std::unique_ptr<ChainUnit> unit(new ChainUnit(clock));
  unit->operator_key_ = std::move(operator_key);
  TRY(unit->genesis_, read_genesis(paths, options.alias));
  TRY(unit->store_, open_state(paths.state(options.alias)));
  TRY(unit->disk_, engine::open_file_disk(paths.blocks(options.alias)));
  const engine::BlockLogOptions log{config.whole("engine.segment_mib") << 20};
  TRY(unit->engine_,
      engine::EmbeddedEngine::open({unit->genesis_, *unit->operator_key_, verifier, *unit->store_,
                                    *unit->disk_, log},
                                   {options.alias, options.cadence, mempool_limits(config)},
                                   clock));
  return unit;
}

ChainUnit::~ChainUnit() { stop(); }

void ChainUnit::start(std::function<void(const Error&)> on_halt) {
  runner_ = std::make_unique<engine::EngineRunner>(*engine_, clock_, std::move(on_halt));
}

void ChainUnit::stop() { runner_.reset(); }

}  // namespace cambium::node
