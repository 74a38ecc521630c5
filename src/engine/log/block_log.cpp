#include "engine/log/block_log.hpp"

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/crash_point.hpp"
#include "base/crc32c.hpp"
#include "schema/canonical.hpp"

namespace cambium::engine {
namespace {

constexpr std::size_t kHeadBytes = 20;
constexpr std::uint64_t kMaxRecordBytes = 512u << 20;

const CrashPoint kBeforeAppend("engine.log.before_append");
const CrashPoint kHalfAppend("engine.log.half_append");
const CrashPoint kAfterAppend("engine.log.after_append");
const CrashPoint kAfterSync("engine.log.after_sync");
const CrashPoint kAfterSeal("engine.log.after_seal");
const CrashPoint kNewSegment("engine.log.new_segment");

std::uint32_t read_be32(ByteView bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | bytes[3];
}

}  // namespace

Result<std::unique_ptr<BlockLog>> BlockLog::open(Disk& disk, BlockLogOptions options) {
  std::unique_ptr<BlockLog> log(new BlockLog(disk, options));
  TRY_STATUS(log->open_segments());
  return log;
}

Status BlockLog::open_segments() {
  TRY(auto names, disk_.list());
  for (const auto& name : names) {
    if (!name.starts_with("blocks-") || !name.ends_with(".log")) continue;
    TRY(auto file, disk_.open(name));
    segments_.push_back(std::move(file));
  }
  for (std::size_t i = 0; i < segments_.size(); ++i) TRY_STATUS(scan(i));
  return {};
}

// Older segments are only walked; their records are checked when read. The last one, where a crash
// may have struck, is checked byte by byte.
Status BlockLog::scan(std::size_t segment) {
  const AppendFile& file = *segments_[segment];
  const bool last_segment = segment + 1 == segments_.size();
  std::uint64_t offset = 0;
  while (offset < file.size()) {
    auto head = head_at(file, offset);
    bool sound = head && (!last_segment || intact(file, offset, *head)) &&
                 take(*head, {segment, offset, kHeadBytes + head->payload});
    if (!sound) return cut_tail(segment, offset);
    offset += kHeadBytes + head->payload;
  }
  return {};
}

// Block h+2 and the seal of block h+1 are written only after block h+1 was synced. So if a whole
// record of either lies behind the damage, the damaged bytes had been synced and may hold
// something acknowledged: never cut those.
Status BlockLog::cut_tail(std::size_t segment, std::uint64_t offset) {
  AppendFile& file = *segments_[segment];
  bool damage = segment + 1 != segments_.size();
  for (std::uint64_t at = offset + 1; !damage && at + kHeadBytes <= file.size(); ++at) {
    auto head = head_at(file, at);
    const std::uint64_t first = last().value + (head && head->kind == Kind::seal ? 1 : 2);
    damage = head && head->height >= first && head->height <= last().value + 1'000'000 &&
             intact(file, at, *head);
  }
  if (damage) {
    return fail(ErrorCode::corrupt,
                fmt::format("The block log is damaged after height {} (segment {}, byte {}), with "
                            "later blocks behind it. Restore the folder from a backup.",
                            last().value, segment, offset));
  }
  return file.truncate(offset);
}

std::optional<BlockLog::Head> BlockLog::head_at(const AppendFile& file,
                                                std::uint64_t offset) const {
  if (file.size() - offset < kHeadBytes) return std::nullopt;
  auto bytes = file.read(offset, kHeadBytes);
  if (!bytes) return std::nullopt;
  ByteView view(*bytes);
  Head head{read_be32(view), read_be32(view.subspan(4)), Kind{read_be32(view.subspan(8))},
            read_be64(view.subspan(12))};
  bool known = head.kind == Kind::block || head.kind == Kind::seal;
  if (!known || head.payload > file.size() - offset - kHeadBytes) return std::nullopt;
  return head;
}

bool BlockLog::intact(const AppendFile& file, std::uint64_t offset, const Head& head) const {
  auto rest = file.read(offset + 8, kHeadBytes - 8 + head.payload);
  return rest && crc32c(*rest) == head.crc;
}

bool BlockLog::take(const Head& head, const Place& place) {
  if (head.kind == Kind::seal) {
    if (first_ == 0 || head.height < first_ || head.height > last().value) return false;
    seals_[head.height - first_] = place;
    return true;
  }
  if (first_ == 0) first_ = head.height;
  if (head.height == 0 || head.height != first_ + blocks_.size()) return false;
  blocks_.push_back(place);
  seals_.push_back({});
  return true;
}

Status BlockLog::append(Height height, const cambium::engine::v1::BlockRecord& record) {
  CHECK(first_ == 0 || height.value == last().value + 1, "blocks are logged in order");
  if (segments_.empty() || segments_.back()->size() >= options_.segment_bytes) {
    if (!segments_.empty()) TRY_STATUS(segments_.back()->sync());
    kNewSegment.pass();
    TRY(auto file, disk_.open(fmt::format("blocks-{:020}.log", height.value)));
    segments_.push_back(std::move(file));
  }
  TRY(auto place, write(Kind::block, height, schema::encode(record)));
  if (first_ == 0) first_ = height.value;
  blocks_.push_back(place);
  seals_.push_back({});
  return {};
}

Status BlockLog::sync() {
  TRY_STATUS(segments_.back()->sync());
  kAfterSync.pass();
  return {};
}

Status BlockLog::append_seal(Height height, ByteView signature) {
  CHECK(first_ != 0 && height.value >= first_ && height <= last(), "only logged blocks are sealed");
  cambium::engine::v1::SealRecord record;
  record.set_height(height.value);
  record.set_signature(signature.data(), signature.size());
  TRY(auto place, write(Kind::seal, height, schema::encode(record)));
  seals_[height.value - first_] = place;
  kAfterSeal.pass();
  return {};
}

Result<BlockLog::Place> BlockLog::write(Kind kind, Height height, ByteView payload) {
  CHECK(payload.size() < kMaxRecordBytes, "a block is far below the record limit");
  Bytes covered;
  append_be32(covered, static_cast<std::uint32_t>(kind));
  append_be64(covered, height.value);
  Bytes head;
  append_be32(head, static_cast<std::uint32_t>(payload.size()));
  append_be32(head, crc32c(payload, crc32c(covered)));
  cambium::append(head, covered);
  AppendFile& file = *segments_.back();
  Place place{segments_.size() - 1, file.size(), kHeadBytes + payload.size()};
  kBeforeAppend.pass();
  TRY_STATUS(file.append(head));
  kHalfAppend.pass();
  TRY_STATUS(file.append(payload));
  kAfterAppend.pass();
  return place;
}

Result<Bytes> BlockLog::payload(const Place& place) const {
  const AppendFile& file = *segments_[place.segment];
  auto head = head_at(file, place.offset);
  if (!head || !intact(file, place.offset, *head)) {
    return fail(ErrorCode::corrupt,
                fmt::format("The block log is damaged in segment {} at byte {}. Restore the folder "
                            "from a backup.", place.segment, place.offset));
  }
  return file.read(place.offset + kHeadBytes, head->payload);
}

Result<cambium::engine::v1::BlockRecord> BlockLog::read(Height height) const {
  if (first_ == 0 || height.value < first_ || height > last()) {
    return fail(ErrorCode::not_found,
                fmt::format("There is no block {}; the newest is {}.", height.value, last().value));
  }
  TRY(auto bytes, payload(blocks_[height.value - first_]));
  return schema::decode_as<cambium::engine::v1::BlockRecord>(bytes);
}

Result<std::optional<Bytes>> BlockLog::seal(Height height) const {
  if (first_ == 0 || height.value < first_ || height > last()) return std::optional<Bytes>();
  const Place& place = seals_[height.value - first_];
  if (place.size == 0) return std::optional<Bytes>();
  TRY(auto bytes, payload(place));
  TRY(auto record, schema::decode_as<cambium::engine::v1::SealRecord>(bytes));
  return std::optional<Bytes>(to_bytes(record.signature()));
}

}  // namespace cambium::engine
