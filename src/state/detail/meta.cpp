#include "state/detail/meta.hpp"

#include <fmt/format.h>

namespace cambium::state::detail {
namespace {

const Bytes kHeightsKey = {0x01};
constexpr std::uint8_t kRootTag = 0x02;
const Bytes kUnfinishedKey = {0x03};

}  // namespace

Bytes root_key(Height height) {
  Bytes key{kRootTag};
  append_be64(key, height.value);
  return key;
}

void put_heights(WriteBatch& batch, const Heights& heights) {
  Bytes value;
  append_be64(value, heights.latest.value);
  append_be64(value, heights.oldest.value);
  batch.put(Table::meta, kHeightsKey, value);
}

Result<std::optional<Heights>> read_heights(const StoreReader& reader) {
  TRY(const auto record, reader.get(Table::meta, kHeightsKey));
  if (!record) return std::optional<Heights>{};
  if (record->size() != 16)
    return fail(ErrorCode::corrupt, "the state store's heights are not whole; restore a snapshot");
  return std::optional<Heights>{
      {{read_be64(record->first(8))}, {read_be64(record->subspan(8))}}};
}

Result<Hash> read_root(const StoreReader& reader, Height height) {
  TRY(const auto heights, read_heights(reader));
  const bool kept = heights && height >= heights->oldest && height <= heights->latest;
  TRY(const auto record, reader.get(Table::meta, root_key(height)));
  if (!kept || !record)
    return fail(ErrorCode::not_found,
                fmt::format("no state is kept for height {}; ask for one of {}..{}", height.value,
                            heights ? heights->oldest.value : 0,
                            heights ? heights->latest.value : 0));
  const auto root = Hash::from(*record);
  if (!root) return fail(ErrorCode::corrupt, "a stored state root is not 32 bytes long");
  return *root;
}

void put_unfinished(WriteBatch& batch) {
  batch.put(Table::meta, kUnfinishedKey, kUnfinishedKey);
}

void drop_unfinished(WriteBatch& batch) { batch.erase(Table::meta, kUnfinishedKey); }

Result<bool> is_unfinished(const StoreReader& reader) {
  TRY(const auto record, reader.get(Table::meta, kUnfinishedKey));
  return record.has_value();
}

}  // namespace cambium::state::detail
