#include <fmt/format.h>

#include "base/durable_file.hpp"
#include "base/mapped_file.hpp"
#include "store/block_store.hpp"

namespace cambium::store {

Status BlockStore::load_pins() {
  const auto file = MappedFile::open(dir_ / "pins");
  if (!file && file.error().code == ErrorCode::not_found) return {};
  if (!file) return forward_error(file);
  auto text = as_chars(file->bytes());
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    const auto root = Hash::from_hex(line);
    if (!root) {
      return fail(ErrorCode::corrupt,
                  fmt::format("{} has a line that is no root; remove the file and pin again.",
                              (dir_ / "pins").string()));
    }
    pins_.insert(*root);
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return {};
}

Status BlockStore::save_pins(const std::set<Hash>& pins) {
  std::string text;
  for (const auto& root : pins) text += root.hex() + "\n";
  return write_durably(dir_ / "pins", {as_bytes(text)});
}

Status BlockStore::pin(const Hash& root) {
  const std::lock_guard lock(mutex_);
  auto pins = pins_;
  if (!pins.insert(root).second) return {};
  TRY_STATUS(save_pins(pins));
  pins_ = std::move(pins);
  return {};
}

Status BlockStore::unpin(const Hash& root) {
  const std::lock_guard lock(mutex_);
  auto pins = pins_;
  if (pins.erase(root) == 0) return {};
  TRY_STATUS(save_pins(pins));
  pins_ = std::move(pins);
  return {};
}

bool BlockStore::pinned(const Hash& root) const {
  const std::lock_guard lock(mutex_);
  return pins_.contains(root);
}

}  // namespace cambium::store
