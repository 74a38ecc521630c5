#include "engine/snapshots/head_record.hpp"

namespace cambium::engine {
namespace {

constexpr std::size_t kNumberBytes = 8;

}  // namespace

Bytes encode(const HeadRecord& head) {
  Bytes out;
  append_be64(out, head.height.value);
  append_be64(out, static_cast<std::uint64_t>(head.time.value));
  append(out, head.hash);
  return out;
}

Result<HeadRecord> decode_head(ByteView bytes) {
  if (bytes.size() != 2 * kNumberBytes + Hash::kSize) {
    return fail(ErrorCode::corrupt, "The record of the newest block is damaged; restore a backup "
                                    "or delete the state folder to have it made again.");
  }
  HeadRecord head;
  head.height = {read_be64(bytes)};
  head.time = {static_cast<std::int64_t>(read_be64(bytes.subspan(kNumberBytes)))};
  head.hash = *Hash::from(bytes.subspan(2 * kNumberBytes));
  return head;
}

std::vector<state::MetaRecord> owner_records(const OwnerRecords& records) {
  return {{to_bytes(as_bytes(kHeadKey)), encode(records.head)},
          {to_bytes(as_bytes(kGenesisKey)), to_bytes(records.genesis)}};
}

Status write_owner_records(state::NodeStore& store, const OwnerRecords& records) {
  state::WriteBatch batch;
  for (const auto& record : owner_records(records)) {
    batch.put(state::Table::meta, record.key, record.value);
  }
  return store.write(batch, state::Durability::synced);
}

Result<std::optional<HeadRecord>> read_head(const state::NodeStore& store) {
  TRY(const auto bytes, state::read_meta(store, as_bytes(kHeadKey)));
  if (!bytes) return std::optional<HeadRecord>{};
  TRY(const auto head, decode_head(*bytes));
  return std::optional(head);
}

}  // namespace cambium::engine
