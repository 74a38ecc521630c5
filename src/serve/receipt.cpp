#include "serve/receipt.hpp"

#include <bit>

#include "crypto/sha256.hpp"

namespace cambium::serve {
namespace {

constexpr std::string_view kRequestDomain = "cambium/request/v1";
constexpr std::string_view kOutputDomain = "cambium/output/v1";
constexpr std::string_view kReceiptDomain = "cambium/receipt/v1";

void append_text(Bytes& out, std::string_view text) {
  append_be64(out, text.size());
  append(out, as_bytes(text));
}

}  // namespace

Hash request_hash(std::string_view model_id, const model::GenerateRequest& request) {
  Bytes out;
  append_text(out, kRequestDomain);
  append_text(out, model_id);
  append_be64(out, request.prompt.size());
  for (const std::uint32_t token : request.prompt) append_be32(out, token);
  append_be32(out, request.max_tokens);
  for (const float number : {request.sampling.temperature, request.sampling.top_p,
                             request.sampling.min_p}) {
    append_be32(out, std::bit_cast<std::uint32_t>(number));
  }
  append_be32(out, request.sampling.top_k);
  append_be64(out, request.sampling.nonce);
  append_be32(out, request.top_k_experts);
  append_be32(out, static_cast<std::uint32_t>(request.experts));
  return crypto::sha256(out);
}

OutputCommitment::OutputCommitment(const Hash& request)
    : value_(crypto::sha256({as_bytes(kOutputDomain), request.view()})) {}

void OutputCommitment::push(std::uint32_t token) {
  Bytes bytes;
  append_be32(bytes, token);
  value_ = crypto::sha256({value_.view(), bytes});
}

Bytes Receipt::encode() const {
  Bytes out;
  append(out, request.view());
  append_text(out, model_id);
  append(out, index_root.view());
  append_be64(out, input_tokens);
  append_be64(out, output_tokens);
  append(out, output_commitment.view());
  append_be64(out, experts.size());
  for (const ReceiptExpert& expert : experts) {
    append_be32(out, expert.name.layer);
    append_be32(out, expert.name.expert);
    append_be64(out, expert.tokens);
    append_be64(out, expert.gate_mass_nano);
  }
  return out;
}

Hash Receipt::id() const { return crypto::sha256({as_bytes(kReceiptDomain), encode()}); }

Receipt make_receipt(const Answered& answered, std::span<const std::uint32_t> delivered,
                     const model::ExpertUsage& usage) {
  Receipt receipt;
  receipt.request = answered.request;
  receipt.model_id = answered.model_id;
  receipt.index_root = answered.index_root;
  receipt.input_tokens = answered.input_tokens;
  receipt.output_tokens = delivered.size();
  OutputCommitment commitment(answered.request);
  for (const std::uint32_t token : delivered) commitment.push(token);
  receipt.output_commitment = commitment.value();
  for (const auto& [name, use] : usage) {
    receipt.experts.push_back({name, use.tokens, use.gate_mass_nano});
  }
  return receipt;
}

}  // namespace cambium::serve
