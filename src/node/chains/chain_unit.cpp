#include "node/chains/chain_unit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.hpp"
#include "chain/upgrade.hpp"
#include "engine/absent_engine.hpp"
#include "state/audit.hpp"

namespace cambium::node {
namespace {

class AbsentUnit final : public ChainUnit {
 public:
  explicit AbsentUnit(std::string alias) : engine_(std::move(alias)) {}
  engine::Engine& engine() override { return engine_; }
  Status start(OnHalt) override { return {}; }
  void stop() override {}
  bool present() const override { return false; }

 private:
  engine::AbsentEngine engine_;
};

}  // namespace

Result<std::unique_ptr<ChainUnit>> open_chain(const ChainPlan& plan) {
  const auto chains = plan.config.list("node.chains");
  if (std::find(chains.begin(), chains.end(), plan.alias) == chains.end()) {
    return std::make_unique<AbsentUnit>(plan.alias);
  }
  const std::string& kind = plan.config.text("engine.kind");
  if (kind == "embedded") return open_embedded_chain(plan);
  if (kind == "cometbft") return open_comet_chain(plan);
  return fail(ErrorCode::invalid_input,
              fmt::format("engine.kind is `{}`; choose embedded or cometbft.", kind));
}

std::uint32_t rules_followed(const Config& config) {
  const auto limit = config.whole("engine.rules_limit");
  if (limit == 0 || limit > chain::kNewestRules) return chain::kNewestRules;
  return static_cast<std::uint32_t>(limit);
}

Result<std::unique_ptr<state::NodeStore>> open_sound_state(const std::filesystem::path& folder,
                                                           const OpenStore& open) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  auto store = open(folder);
  Status sound;
  if (store) sound = state::audit(**store);
  if (!store) sound = tl::unexpected<Error>(store.error());
  if (sound) return store;
  if (sound.error().code != ErrorCode::corrupt) return tl::unexpected<Error>(sound.error());
  spdlog::warn("{} It is made again from the blocks.", sound.error().message);
  if (store) store->reset();  // closes it before its folder moves
  const auto aside = folder.string() + ".damaged";
  std::filesystem::remove_all(aside, error);
  std::filesystem::rename(folder, aside, error);
  std::filesystem::create_directories(folder, error);
  return open(folder);
}

}  // namespace cambium::node
