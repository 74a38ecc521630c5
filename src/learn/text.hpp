// Text as training and measuring see it: token streams to draw rows from, sequences to measure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "model/eval_kernel.hpp"
#include "model/tokenizer.hpp"

namespace cambium::learn {

using model::Tokenizer;
using model::Tokens;

/// Ends each document in a stream; the tokenizer's lowest id.
inline constexpr std::string_view kEndToken = "<|end|>";

/// Documents of one dataset. Whoever owns the dataset keeps the texts alive.
struct TextSource {
  std::string dataset;
  std::string version;
  Hash root;  // the dataset's Merkle root
  std::vector<std::string_view> documents;
};

/// A dataset's documents one after another, each ended by kEndToken.
struct TokenStream {
  std::string dataset;
  std::string version;
  Hash root;
  Tokens tokens;
  std::uint64_t text_bytes = 0;
};

/// BPE over the sources' documents, at most `sample_bytes` of them taken evenly from each source.
struct TokenizerJob {
  std::span<const TextSource> sources;
  std::uint32_t vocab = 4096;
  std::uint64_t sample_bytes = 6 << 20;
};
Result<std::shared_ptr<const Tokenizer>> train_tokenizer(const TokenizerJob& job);

/// Encodes documents until the stream holds `most_tokens`.
Result<TokenStream> encode_stream(const Tokenizer& tokenizer, const TextSource& source,
                                  std::uint64_t most_tokens);

/// SHA-256 over tokens as little-endian u32: what lineage and evaluation name token data by.
Hash token_hash(std::span<const std::uint32_t> tokens);
/// The bytes that `token_hash` covers.
Bytes token_bytes(std::span<const std::uint32_t> tokens);

/// Sequences of `tokens + 1` tokens that overlap by one, so that each token is predicted once.
struct SequenceCut {
  std::uint32_t tokens = 128;
  std::size_t most_sequences = 128;
};
std::vector<Tokens> cut_sequences(const TokenStream& stream, const SequenceCut& cut);

}  // namespace cambium::learn
