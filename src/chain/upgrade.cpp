#include "chain/upgrade.hpp"

#include <fmt/format.h>

#include "chain/records.hpp"

namespace cambium::chain {
namespace {

template <class Value, class... Parts>
std::optional<Value> read(const state::View& view, const Table<Value, Parts...>& table,
                          const typename Table<Value, Parts...>::Key& key) {
  const auto bytes = view.get(table.key(key));
  return bytes ? std::optional<Value>(table.decoded(*bytes)) : std::nullopt;
}

/// The rules in force when a chain ran past an upgrade before this program was started.
v1::Upgrade in_force(const state::View& view, std::uint32_t version) {
  v1::Upgrade found;
  found.set_rules_version(version);
  view.scan({kUpgrades.prefix(), {}}, [&](ByteView, ByteView value) {
    const auto upgrade = kUpgrades.decoded(value);
    if (upgrade.rules_version() <= version) found = upgrade;
    return upgrade.rules_version() < version;
  });
  found.set_rules_version(version);
  return found;
}

bool moves_upward(const ReadContext& ctx, const v1::Upgrade& wanted) {
  bool upward = wanted.rules_version() > kParams.get_or_default(ctx, {}).rules_version();
  kUpgrades.scan(ctx, kUpgrades.prefix(), [&](const auto& key, const v1::Upgrade& other) {
    const std::uint64_t height = std::get<0>(key);
    if (height < wanted.height() && other.rules_version() >= wanted.rules_version()) upward = false;
    if (height > wanted.height() && other.rules_version() <= wanted.rules_version()) upward = false;
    return upward ? ScanStep::next : ScanStep::stop;
  });
  return upward;
}

}  // namespace

std::optional<v1::Upgrade> missing_upgrade(const state::View& view, const NextBlock& next) {
  const auto params = read(view, kParams, {});
  const std::uint32_t version = params ? params->rules_version() : 0;
  if (version > next.newest_rules) return in_force(view, version);
  const auto due = read(view, kUpgrades, {next.height.value});
  return due && due->rules_version() > next.newest_rules ? due : std::nullopt;
}

std::string missing_upgrade_text(const v1::Upgrade& upgrade, const NextBlock& next) {
  std::string text = fmt::format(
      "Block {} needs rules version {}", next.height.value, upgrade.rules_version());
  if (upgrade.height() != 0) {
    text += fmt::format(" (upgrade \"{}\", voted for height {})", upgrade.name(), upgrade.height());
  }
  text += fmt::format(
      ", and this program knows versions up to {}. Nothing is lost: stop it, install a program "
      "that has version {} and start it on the same home.",
      next.newest_rules, upgrade.rules_version());
  if (!upgrade.info().empty()) text += fmt::format(" See {}", upgrade.info());
  return text;
}

void apply_upgrade(Context& ctx) {
  const auto due = kUpgrades.get(ctx, {ctx.block().height.value});
  if (!due) return;
  auto params = kParams.get_or_default(ctx, {});
  if (due->rules_version() <= params.rules_version()) return;
  const auto before = params.rules_version();
  params.set_rules_version(due->rules_version());
  kParams.put(ctx, {}, params);
  ctx.emit("chain.upgraded", {{"name", due->name()},
                              {"from", std::to_string(before)},
                              {"to", std::to_string(due->rules_version())}});
}

TxStatus schedule_upgrade(Context& ctx, const v1::Upgrade& upgrade) {
  if (upgrade.height() <= ctx.block().height.value) return TxStatus::upgrade_height_passed;
  if (!moves_upward(ctx, upgrade)) return TxStatus::upgrade_version_too_low;
  kUpgrades.put(ctx, {upgrade.height()}, upgrade);
  ctx.emit("chain.upgrade_scheduled", {{"name", upgrade.name()},
                                       {"height", std::to_string(upgrade.height())},
                                       {"version", std::to_string(upgrade.rules_version())}});
  return TxStatus::ok;
}

TxStatus cancel_upgrade(Context& ctx, Height height) {
  if (height <= ctx.block().height || !kUpgrades.has(ctx, {height.value})) {
    return TxStatus::upgrade_not_found;
  }
  kUpgrades.erase(ctx, {height.value});
  ctx.emit("chain.upgrade_cancelled", {{"height", std::to_string(height.value)}});
  return TxStatus::ok;
}

}  // namespace cambium::chain
