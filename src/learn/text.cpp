#include "learn/text.hpp"

#include <algorithm>
#include <array>

#include "crypto/sha256.hpp"

namespace cambium::learn {

Result<std::shared_ptr<const Tokenizer>> train_tokenizer(const TokenizerJob& job) {
  if (job.sources.empty()) {
    return fail(ErrorCode::invalid_input,
                "There is no text to learn a tokenizer from; give at least one dataset.");
  }
  const std::uint64_t each = job.sample_bytes / job.sources.size();
  std::vector<std::string_view> documents;
  for (const TextSource& source : job.sources) {
    std::uint64_t taken = 0;
    for (const std::string_view text : source.documents) {
      if (taken >= each) break;
      documents.push_back(text);
      taken += text.size();
    }
  }
  const std::array specials = {kEndToken};
  return Tokenizer::train({documents, job.vocab, specials});
}

Result<TokenStream> encode_stream(const Tokenizer& tokenizer, const TextSource& source,
                                  std::uint64_t most_tokens) {
  const auto end = tokenizer.token_id(kEndToken);
  if (!end) {
    return fail(ErrorCode::invalid_input, "The tokenizer has no " + std::string(kEndToken) +
                                              " token; train it with this program.");
  }
  TokenStream out{source.dataset, source.version, source.root, {}, 0};
  for (const std::string_view text : source.documents) {
    if (out.tokens.size() >= most_tokens) break;
    TRY(const Tokens tokens, tokenizer.encode(text));
    out.tokens.insert(out.tokens.end(), tokens.begin(), tokens.end());
    out.tokens.push_back(*end);
    out.text_bytes += text.size();
  }
  return out;
}

Bytes token_bytes(std::span<const std::uint32_t> tokens) {
  Bytes out;
  out.reserve(tokens.size() * 4);
  for (const std::uint32_t t : tokens) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.push_back(static_cast<std::uint8_t>(t >> shift));
    }
  }
  return out;
}

Hash token_hash(std::span<const std::uint32_t> tokens) {
  return crypto::sha256(token_bytes(tokens));
}

std::vector<Tokens> cut_sequences(const TokenStream& stream, const SequenceCut& cut) {
  std::vector<Tokens> out;
  const std::size_t length = cut.tokens;
  for (std::size_t at = 0; at + length < stream.tokens.size(); at += length) {
    if (out.size() == cut.most_sequences) break;
    const auto begin = stream.tokens.begin() + static_cast<std::ptrdiff_t>(at);
    out.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(length) + 1);
  }
  return out;
}

}  // namespace cambium::learn
