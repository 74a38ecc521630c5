#include "chain/modules/slashing/proposal.hpp"

#include "crypto/merkle.hpp"

namespace cambium::chain::slashing {
namespace {

constexpr int kHeaderFields = 14;
constexpr int kDataHashField = 6;

void put_varint(Bytes& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(std::uint8_t(value | 0x80));
  out.push_back(std::uint8_t(value));
}

void put_tag(Bytes& out, std::uint32_t field, std::uint32_t wire) {
  put_varint(out, field << 3 | wire);
}

/// Fields that hold their default are left out, as proto3 does.
void put_number(Bytes& out, std::uint32_t field, std::uint64_t value) {
  if (value == 0) return;
  put_tag(out, field, 0);
  put_varint(out, value);
}

void put_fixed64(Bytes& out, std::uint32_t field, std::uint64_t value) {
  if (value == 0) return;
  put_tag(out, field, 1);
  for (int i = 0; i < 8; ++i) out.push_back(std::uint8_t(value >> (8 * i)));
}

void put_bytes(Bytes& out, std::uint32_t field, ByteView bytes) {
  put_tag(out, field, 2);
  put_varint(out, bytes.size());
  append(out, bytes);
}

}  // namespace

Bytes proposal_sign_bytes(const pb::Proposal& proposal, std::string_view chain_id) {
  Bytes parts;
  put_number(parts, 1, proposal.parts());
  put_bytes(parts, 2, as_bytes(proposal.parts_hash()));
  Bytes block_id;
  put_bytes(block_id, 1, as_bytes(proposal.block_hash()));
  put_bytes(block_id, 2, parts);
  Bytes time;
  put_number(time, 1, std::uint64_t(proposal.time_s()));
  put_number(time, 2, proposal.time_ns());
  Bytes body;
  put_number(body, 1, 32);
  put_fixed64(body, 2, proposal.height());
  put_fixed64(body, 3, proposal.round());
  put_number(body, 4, std::uint64_t(std::int64_t(proposal.pol_round())));
  put_bytes(body, 5, block_id);
  put_bytes(body, 6, time);
  put_bytes(body, 7, as_bytes(chain_id));
  Bytes out;
  put_varint(out, body.size());
  append(out, body);
  return out;
}

Hash block_hash(const google::protobuf::RepeatedPtrField<std::string>& header_fields) {
  std::vector<Hash> leaves;
  for (const auto& field : header_fields) leaves.push_back(crypto::merkle_leaf(as_bytes(field)));
  return crypto::merkle_root(leaves);
}

std::optional<Hash> data_hash(
    const google::protobuf::RepeatedPtrField<std::string>& header_fields) {
  if (header_fields.size() != kHeaderFields) return std::nullopt;
  const ByteView field = as_bytes(header_fields[kDataHashField]);
  if (field.size() != 34 || field[0] != 0x0a || field[1] != 32) return std::nullopt;
  return Hash::from(field.subspan(2));
}

}  // namespace cambium::chain::slashing
