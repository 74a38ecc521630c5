// State keys: [module byte][table byte][parts]. Numbers are big endian, so that they sort.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/ids.hpp"
#include "crypto/keys.hpp"

namespace cambium::chain {

/// First byte of every key. Never reused; the number is part of every proof.
enum ModulePrefix : std::uint8_t {
  kChainPrefix = 0x01,  // the kernel's own records
  kAccountsPrefix = 0x02,
  kBankPrefix = 0x03,
  kNodesPrefix = 0x04,
  kModelsPrefix = 0x05,
  kEvaluationPrefix = 0x06,
  kRewardsPrefix = 0x07,
  kInterchainPrefix = 0x08,
  kDatasetsPrefix = 0x09,
  kLearningPrefix = 0x0a,
  kStakingPrefix = 0x0b,
  kGovernancePrefix = 0x0c,
  kTreasuryPrefix = 0x0d,
  kGroupsPrefix = 0x0e,
  kBeaconPrefix = 0x0f,
  kSlashingPrefix = 0x10,
};

struct TableId {
  std::uint8_t module;
  std::uint8_t table;
  auto operator<=>(const TableId&) const = default;
};

enum class PartKind : std::uint8_t { address, id32, number, text };

/// What an explorer needs to label and decode one table's entries.
struct TableInfo {
  TableId id;
  std::string_view label;  // "balance"
  const google::protobuf::Descriptor* value;  // nullptr: raw bytes, as another standard says
  std::vector<PartKind> parts;
};

/// Text that is not the last part carries its length in one byte (so at most 255 bytes) in front.
void append_part(Bytes& out, const crypto::Address& part, bool last);
void append_part(Bytes& out, std::uint64_t part, bool last);
void append_part(Bytes& out, const std::string& part, bool last);
template <class Tag>
void append_part(Bytes& out, const Id32<Tag>& part, bool) {
  append(out, part);
}
template <class Tag>
void append_part(Bytes& out, const Quantity<Tag>& part, bool) {
  append_be64(out, part.value);
}

/// The inverse: takes a part off the front of `rest`, which must hold one.
crypto::Address take_address(ByteView& rest);
std::uint64_t take_number(ByteView& rest);
std::array<std::uint8_t, 32> take_id32(ByteView& rest);
std::string take_text(ByteView& rest, bool last);

template <class Part>
constexpr PartKind part_kind() {
  if constexpr (std::is_same_v<Part, crypto::Address>) return PartKind::address;
  else if constexpr (std::is_same_v<Part, std::string>) return PartKind::text;
  else if constexpr (sizeof(Part) == 8) return PartKind::number;
  else return PartKind::id32;
}

template <class Part>
Part take_part(ByteView& rest, bool last) {
  if constexpr (part_kind<Part>() == PartKind::address) return take_address(rest);
  else if constexpr (part_kind<Part>() == PartKind::text) return take_text(rest, last);
  else if constexpr (part_kind<Part>() == PartKind::number) return Part{take_number(rest)};
  else return Part{take_id32(rest)};
}

}  // namespace cambium::chain
