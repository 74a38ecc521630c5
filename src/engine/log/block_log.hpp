// Every executed block, in order, on disk: the truth from which state and index are made again.
//
// Segments "blocks-<first height>.log" hold records: length be32, CRC-32C be32, kind be32,
// height be64, payload. The CRC covers all that follows it. A torn tail is cut when the log opens.
#pragma once

#include <optional>

#include "base/ids.hpp"
#include "cambium/engine/v1/engine.pb.h"
#include "engine/log/disk.hpp"

namespace cambium::engine {

struct BlockLogOptions {
  std::uint64_t segment_bytes = 64u << 20;
};

/// Used by one thread at a time. The order is: `append`, `sync`, `append_seal`.
class BlockLog {
 public:
  /// `corrupt` when bytes that were once synced are damaged; a torn tail is not damage.
  static Result<std::unique_ptr<BlockLog>> open(Disk& disk, BlockLogOptions options = {});

  /// Newest and oldest height; both 0 for an empty log.
  Height last() const { return {first_ == 0 ? 0 : first_ + blocks_.size() - 1}; }
  Height first() const { return {first_}; }

  /// The next block; durable after `sync`.
  Status append(Height height, const cambium::engine::v1::BlockRecord& record);
  Status sync();
  /// The signature over a header that is durable; itself durable with the next `sync`. When it was
  /// lost the owner signs again: signatures are deterministic.
  Status append_seal(Height height, ByteView signature);

  Result<cambium::engine::v1::BlockRecord> read(Height height) const;
  /// Nothing when the seal did not survive.
  Result<std::optional<Bytes>> seal(Height height) const;

 private:
  struct Place {
    std::size_t segment = 0;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;  // of the whole record; 0: absent
  };
  enum class Kind : std::uint32_t { block = 1, seal = 2 };
  struct Head {
    std::uint64_t payload = 0;
    std::uint32_t crc = 0;
    Kind kind = Kind::block;
    std::uint64_t height = 0;
  };

  BlockLog(Disk& disk, BlockLogOptions options) : disk_(disk), options_(options) {}
  Status open_segments();
  Status scan(std::size_t segment);
  Status cut_tail(std::size_t segment, std::uint64_t offset);
  std::optional<Head> head_at(const AppendFile& file, std::uint64_t offset) const;
  bool intact(const AppendFile& file, std::uint64_t offset, const Head& head) const;
  bool take(const Head& head, const Place& place);
  Result<Place> write(Kind kind, Height height, ByteView payload);
  Result<Bytes> payload(const Place& place) const;

  Disk& disk_;
  BlockLogOptions options_;
  std::vector<std::unique_ptr<AppendFile>> segments_;
  std::uint64_t first_ = 0;
  std::vector<Place> blocks_;  // by height - first_
  std::vector<Place> seals_;
};

}  // namespace cambium::engine
