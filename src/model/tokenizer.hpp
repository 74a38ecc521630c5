// Text to tokens and back. The work is done by the native library; this is its C++ face.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

struct cn_tokenizer;
struct cn_stream;

namespace cambium::model {

using Tokens = std::vector<std::uint32_t>;

/// Byte-level BPE: any text has tokens, any tokens have text. Immutable; threads may share it.
class Tokenizer {
 public:
  struct Training {
    std::span<const std::string_view> documents;   // UTF-8; no merge crosses a document
    std::uint32_t vocab = 4096;                    // with the 256 bytes and the specials
    std::span<const std::string_view> specials = {};  // get the lowest ids, in this order
  };

  /// Learns merges; the same documents give the same tokenizer.
  static Result<std::shared_ptr<const Tokenizer>> train(const Training& training);
  /// Reads the text of a tokenizer.json.
  static Result<std::shared_ptr<const Tokenizer>> from_json(std::string json);

  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;
  ~Tokenizer();

  /// What `from_json` was given, or training made.
  const std::string& json() const { return json_; }
  std::uint32_t vocab() const;
  /// The id of a whole token such as "<|end|>", if there is one.
  std::optional<std::uint32_t> token_id(std::string_view token) const;
  /// Specials written out in the text are ordinary text: a prompt cannot forge one.
  Result<Tokens> encode(std::string_view text) const;
  /// The exact bytes, which need not be UTF-8 when tokens were cut inside a character.
  Result<Bytes> decode(std::span<const std::uint32_t> tokens) const;

 private:
  friend class StreamDecoder;
  Tokenizer(cn_tokenizer* handle, std::string json) : handle_(handle), json_(std::move(json)) {}

  cn_tokenizer* handle_;
  std::string json_;
};

/// Gives an answer's text token by token, each piece valid UTF-8: the bytes of a character that is
/// not complete yet are held back. One thread at a time.
class StreamDecoder {
 public:
  explicit StreamDecoder(const Tokenizer& tokenizer);
  StreamDecoder(const StreamDecoder&) = delete;
  StreamDecoder& operator=(const StreamDecoder&) = delete;
  ~StreamDecoder();

  /// The text that became certain with this token; often empty inside a character.
  Result<std::string> push(std::uint32_t token);
  /// What is still held back, U+FFFD where it is no whole character.
  Result<std::string> finish();

 private:
  cn_stream* handle_ = nullptr;
};

}  // namespace cambium::model
