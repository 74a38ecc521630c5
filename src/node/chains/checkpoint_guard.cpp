#include "node/chains/checkpoint_guard.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.hpp"
#include "node/chains/comet_settings.hpp"

namespace cambium::node {
namespace {

constexpr std::int64_t kEveryMs = 60'000;

bool certifies(const engine::CommittedBlock& block) {
  const auto is_order = [](const auto& event) { return event.type() == "governance.order"; };
  return std::ranges::any_of(block.end_events, is_order);
}

/// What a person can do about it.
Error advised(Error error, std::uint64_t act) {
  error.message += fmt::format(
      " This node stops. Compare the block with other validators: if theirs is the certified one, "
      "go back below it with `cambium snapshot restore` as they did, or join anew in an empty "
      "home; if the order itself is wrong, set engine.ignored_checkpoint = {} and start again.",
      act);
  return error;
}

}  // namespace

Result<CheckpointRules> checkpoint_rules(const Config& config) {
  CheckpointRules out{.ignored_act = config.whole("engine.ignored_checkpoint"), .trusted = {}};
  const std::string& text = config.text("engine.sync_trust");
  if (text.empty()) return out;
  engine::StateSync trust;
  TRY_STATUS(parse_trust(text, trust));
  out.trusted = engine::KnownBlock{{trust.trust_height}, *Hash::from_hex(trust.trust_hash)};
  return out;
}

CheckpointGuard::CheckpointGuard(engine::Engine& engine, CheckpointRules rules)
    : engine_(engine), rules_(std::move(rules)) {}

Status CheckpointGuard::check() const {
  const auto view = engine_.state_at();
  if (!view) return {};  // it has none yet
  TRY(const auto orders, engine::orders_in_force(*view, engine_.status().time));
  for (const auto& point : orders.checkpoints) {
    if (point.act == rules_.ignored_act) continue;
    std::vector<engine::KnownBlock> known;
    if (const auto block = engine_.block(point.height)) {
      known.push_back({point.height, (*block)->hash});
    }
    if (rules_.trusted) known.push_back(*rules_.trusted);
    for (const auto& block : known) {
      if (auto same = engine::agrees({point}, block); !same) {
        return tl::unexpected(advised(std::move(same).error(), point.act));
      }
    }
    if (known.empty()) continue;
    spdlog::debug("block {} is the one that act {} certifies", point.height.value, point.act);
  }
  return {};
}

void CheckpointGuard::watch(ChainUnit::OnHalt on_halt) {
  loop_ = std::make_unique<RoleLoop>(
      RoleLoop::Options{"checkpoints", kEveryMs},
      [this, on_halt = std::move(on_halt), told = false](std::stop_token) mutable -> Status {
        const Status same = check();
        if (same || told) return {};
        told = true;
        spdlog::error("{}: {}", engine_.alias(), same.error().message);
        on_halt(same.error());
        return {};
      });
  blocks_ = engine_.subscribe([loop = loop_.get()](const engine::BlockPtr& block) {
    if (certifies(*block)) loop->wake();
  });
}

}  // namespace cambium::node
