// The evidence of one answer: what was asked of which model, which experts worked, and a commitment
// to every token that was delivered.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "model/generator.hpp"

namespace cambium::serve {

/// Commits to a request without showing it: domain, model, prompt, and every sampling number.
/// `request.sampling.request` itself is left out: it is set to the result.
Hash request_hash(std::string_view model_id, const model::GenerateRequest& request);

/// A hash chain over the answer: c_0 = H(domain || request), c_i = H(c_{i-1} || token). Any prefix
/// that was delivered can be shown to be what was committed.
class OutputCommitment {
 public:
  explicit OutputCommitment(const Hash& request);
  void push(std::uint32_t token);
  const Hash& value() const { return value_; }

 private:
  Hash value_;
};

/// One expert's part: its share of royalties is its gate mass times its accepted gain.
struct ReceiptExpert {
  model::ExpertName name;
  std::uint64_t tokens = 0;
  std::uint64_t gate_mass_nano = 0;
};

struct Receipt {
  Hash request;
  std::string model_id;
  Hash index_root;  // the ParamIndex the request was pinned to
  std::uint64_t input_tokens = 0;
  std::uint64_t output_tokens = 0;
  Hash output_commitment;
  std::vector<ReceiptExpert> experts;  // ascending names

  /// Canonical bytes, the ones hosts sign: fixed-width big-endian integers in the order above.
  Bytes encode() const;
  Hash id() const;
};

/// What a receipt is made of besides the answer.
struct Answered {
  Hash request;
  std::string model_id;
  Hash index_root;
  std::uint64_t input_tokens = 0;
};

/// `delivered`: the tokens the client got, which a cancelled answer ends early.
Receipt make_receipt(const Answered& answered, std::span<const std::uint32_t> delivered,
                     const model::ExpertUsage& usage);

}  // namespace cambium::serve
