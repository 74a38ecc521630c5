// The protobuf form of proofs. Decoding accepts exactly what encoding writes: a field more, in
// another order, or in a longer form than needed is refused.
#include <array>

#include "state/proof.hpp"
#include "state/view.hpp"

namespace cambium::state {
namespace {

using Side = ProofStep::Sibling;

// Tags are field << 3 | 2 (a length and bytes follow).
constexpr std::uint8_t kExist = 0x0a, kNonexist = 0x12;              // CommitmentProof 1, 2
constexpr std::uint8_t kKey = 0x0a, kValue = 0x12, kLeaf = 0x1a, kPath = 0x22;  // 1..4
constexpr std::uint8_t kLeft = 0x12, kRight = 0x1a;                  // NonExistenceProof 2, 3

// LeafOp{hash, prehash_key, prehash_value = SHA256; length = NO_PREFIX; prefix = 00}
constexpr std::array<std::uint8_t, 9> kLeafOp = {0x08, 1, 0x10, 1, 0x18, 1, 0x2a, 1, 0x00};
// InnerOp{hash = SHA256; prefix = 01 || left sibling}, and {prefix = 01; suffix = right sibling}
constexpr std::array<std::uint8_t, 5> kLeftStep = {0x08, 1, 0x12, 33, 0x01};
constexpr std::array<std::uint8_t, 7> kRightStep = {0x08, 1, 0x12, 1, 0x01, 0x1a, 32};

void append_varint(Bytes& out, std::size_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
  out.push_back(static_cast<std::uint8_t>(value));
}

void append_field(Bytes& out, std::uint8_t tag, ByteView bytes) {
  out.push_back(tag);
  append_varint(out, bytes.size());
  append(out, bytes);
}

Bytes existence_body(const ExistenceProof& proof) {
  Bytes out;
  out.reserve(proof.key.size() + proof.value.size() + 41 * proof.steps.size() + 24);
  append_field(out, kKey, proof.key);
  append_field(out, kValue, proof.value);
  append_field(out, kLeaf, kLeafOp);
  for (const auto& step : proof.steps) {
    const bool left = step.side == Side::left;
    const ByteView head = left ? ByteView(kLeftStep) : ByteView(kRightStep);
    out.push_back(kPath);
    append_varint(out, head.size() + Hash::kSize);
    append(out, head);
    append(out, step.hash);
  }
  return out;
}

tl::unexpected<Error> malformed(const char* what) {
  return fail(ErrorCode::invalid_input, std::string("the bytes are no state proof: ") + what);
}

class Fields {
 public:
  explicit Fields(ByteView bytes) : rest_(bytes) {}

  bool next_is(std::uint8_t tag) const { return !rest_.empty() && rest_.front() == tag; }
  bool done() const { return rest_.empty(); }
  Result<ByteView> take(std::uint8_t tag) {
    if (!next_is(tag)) return malformed("a field is missing or out of order");
    rest_ = rest_.subspan(1);
    std::uint64_t size = 0;
    for (unsigned shift = 0;; shift += 7) {
      if (rest_.empty() || shift > 28) return malformed("a length does not end");
      const std::uint8_t byte = rest_.front();
      rest_ = rest_.subspan(1);
      size |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) {
        if (byte == 0 && shift > 0) return malformed("a length is longer than it needs to be");
        break;
      }
    }
    if (size > rest_.size()) return malformed("a field ends after the proof does");
    const ByteView field = rest_.first(size);
    rest_ = rest_.subspan(size);
    return field;
  }

 private:
  ByteView rest_;
};

Result<ProofStep> parse_step(ByteView bytes) {
  const auto matches = [&](ByteView head) {
    return bytes.size() == head.size() + Hash::kSize && starts_with(bytes, head);
  };
  if (matches(kLeftStep)) return ProofStep{Side::left, *Hash::from(bytes.subspan(5))};
  if (matches(kRightStep)) return ProofStep{Side::right, *Hash::from(bytes.subspan(7))};
  return malformed("an inner step is not one of a sparse Merkle tree");
}

Result<ExistenceProof> parse_existence(ByteView bytes) {
  Fields fields(bytes);
  ExistenceProof proof;
  TRY(const auto key, fields.take(kKey));
  TRY(const auto value, fields.take(kValue));
  TRY(const auto leaf, fields.take(kLeaf));
  if (key.empty() || key.size() > kMaxKeyBytes || value.empty())
    return malformed("a key or a value has a size that state never has");
  if (!equal(leaf, kLeafOp)) return malformed("the leaf is not hashed as SmtSpec says");
  proof.key = to_bytes(key);
  proof.value = to_bytes(value);
  while (!fields.done()) {
    TRY(const auto step_bytes, fields.take(kPath));
    TRY(const auto step, parse_step(step_bytes));
    if (proof.steps.size() == kMaxProofDepth) return malformed("it has more than 256 steps");
    proof.steps.push_back(step);
  }
  return proof;
}

}  // namespace

Bytes encode(const ExistenceProof& proof) {
  Bytes out;
  append_field(out, kExist, existence_body(proof));
  return out;
}

Bytes encode(const AbsenceProof& proof) {
  Bytes body;
  append_field(body, kKey, proof.key);
  if (proof.left) append_field(body, kLeft, existence_body(*proof.left));
  if (proof.right) append_field(body, kRight, existence_body(*proof.right));
  Bytes out;
  append_field(out, kNonexist, body);
  return out;
}

Result<ExistenceProof> decode_existence(ByteView bytes) {
  Fields outer(bytes);
  TRY(const auto body, outer.take(kExist));
  if (!outer.done()) return malformed("something follows it");
  return parse_existence(body);
}

Result<AbsenceProof> decode_absence(ByteView bytes) {
  Fields outer(bytes);
  TRY(const auto body, outer.take(kNonexist));
  if (!outer.done()) return malformed("something follows it");
  Fields fields(body);
  AbsenceProof proof;
  TRY(const auto key, fields.take(kKey));
  if (key.empty() || key.size() > kMaxKeyBytes)
    return malformed("a key has a size that state never has");
  proof.key = to_bytes(key);
  if (fields.next_is(kLeft)) {
    TRY(const auto left, fields.take(kLeft));
    TRY(proof.left, parse_existence(left));
  }
  if (fields.next_is(kRight)) {
    TRY(const auto right, fields.take(kRight));
    TRY(proof.right, parse_existence(right));
  }
  if (!fields.done()) return malformed("a field is not known or out of order");
  if (!proof.left && !proof.right) return malformed("it names no neighbour");
  return proof;
}

}  // namespace cambium::state
