#include "engine/recovery/stopped_chain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/log.hpp"
#include "chain/block.hpp"
#include "engine/snapshots/snapshot_files.hpp"
#include "engine/storage/lmdb_store.hpp"
#include "schema/canonical.hpp"

namespace cambium::engine {
namespace {

namespace fs = std::filesystem;

/// A folder without a store is left as it is.
std::unique_ptr<state::NodeStore> open_store(const fs::path& folder, const std::string& alias) {
  std::error_code error;
  if (!fs::exists(folder / "data.mdb", error)) return nullptr;
  auto store = open_lmdb_store(folder);
  if (store) return std::move(*store);
  spdlog::warn("{}: the state cannot be read: {}", alias, store.error().message);
  return nullptr;
}

}  // namespace

Result<StoppedChain> StoppedChain::open(const fs::path& home, const std::string& alias) {
  const auto chain = ChainHome::of(home, alias);
  const auto text = read_file(chain.genesis());
  if (!text) {
    return fail(ErrorCode::not_found,
                fmt::format("{} holds no chain {}; name its home with --home.", home.string(),
                            alias));
  }
  TRY(auto genesis, chain::genesis_from_json(as_chars(*text)));
  StoppedChain out(chain, alias, std::move(genesis));
  out.store_ = open_store(chain.state(), alias);
  std::error_code error;
  if (!fs::exists(chain.blocks(), error)) return out;
  if (auto disk = open_file_disk(chain.blocks())) {
    out.disk_ = std::move(*disk);
    auto log = BlockLog::open(*out.disk_);
    if (log) out.log_ = std::move(*log);
    if (!log) spdlog::warn("{}: the blocks cannot be read: {}", alias, log.error().message);
  }
  return out;
}

std::vector<std::string> StoppedChain::modules() const {
  std::vector<std::string> out;
  for (const auto& module : genesis_.modules()) out.push_back(module.name());
  return out;
}

std::optional<Height> StoppedChain::newest() const {
  if (!store_) return std::nullopt;
  const auto view = state::HeightView::open_latest(*store_);
  return view ? std::optional(view->height()) : std::nullopt;
}

Result<state::HeightView> StoppedChain::state_at(Height height) const {
  if (store_) return state::HeightView::open(*store_, height);
  return fail(ErrorCode::not_found, fmt::format("{} has no state that can be read.", alias_));
}

Result<HeadRecord> StoppedChain::head_at(Height height) const {
  if (store_) {
    const auto head = read_head(*store_);
    if (head && *head && (*head)->height == height) return **head;
  }
  if (height.value + 1 == genesis_.initial_height()) {
    return HeadRecord{height, {genesis_.time_ms()}, {}};
  }
  if (!log_) {
    return fail(ErrorCode::not_found, fmt::format("{}: the block {} is not there.", alias_,
                                                  height.value));
  }
  TRY(const auto record, log_->read(height));
  TRY(const auto header, schema::decode_as<chain::v1::Header>(as_bytes(record.header())));
  HeadRecord out{height, {header.time_ms()}, chain::header_hash(as_bytes(record.header()))};
  TRY(const auto seal, log_->seal(height));
  const auto hash = seal ? Hash::from(*seal) : std::nullopt;  // CometBFT's own hash of the block
  if (hash) out.hash = *hash;
  return out;
}

std::uint64_t StoppedChain::noted_by_validator() const {
  std::ifstream in(home_.comet() / "data" / "priv_validator_state.json");
  const auto json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object() || !json.contains("height")) return 0;
  const auto& height = json["height"];
  if (height.is_number_unsigned()) return height.get<std::uint64_t>();
  return height.is_string() ? std::strtoull(height.get<std::string>().c_str(), nullptr, 10) : 0;
}

Height StoppedChain::highest_signed() const {
  std::uint64_t highest = std::max(noted_by_validator(), genesis_.initial_height() - 1);
  if (log_) highest = std::max(highest, log_->last().value);
  if (const auto state = newest()) highest = std::max(highest, state->value);
  for (const auto& point : snapshots_.points()) highest = std::max(highest, point.height().value);
  return {highest};
}

}  // namespace cambium::engine
