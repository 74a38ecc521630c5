#include "model/tokenizer.hpp"

#include <cambium_native.h>

#include "base/check.hpp"

namespace cambium::model {
namespace {

cn_slice slice_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::vector<cn_slice> slices_of(std::span<const std::string_view> texts) {
  std::vector<cn_slice> slices;
  slices.reserve(texts.size());
  for (const std::string_view text : texts) slices.push_back(slice_of(text));
  return slices;
}

// Copies what the library handed out, then gives it back.
template <class T>
T take(cn_buffer buffer) {
  T copy(buffer.ptr, buffer.ptr + buffer.len);
  cn_buffer_free(buffer);
  return copy;
}

tl::unexpected<Error> refused(cn_buffer error) {
  return fail(ErrorCode::invalid_input, "Tokenizer: " + take<std::string>(error));
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> Tokenizer::train(const Training& training) {
  const auto documents = slices_of(training.documents);
  const auto specials = slices_of(training.specials);
  cn_buffer json{};
  cn_buffer error{};
  if (cn_tokenizer_train(documents.data(), documents.size(), training.vocab, specials.data(),
                         specials.size(), &json, &error) != CN_OK) {
    return refused(error);
  }
  return from_json(take<std::string>(json));
}

Result<std::shared_ptr<const Tokenizer>> Tokenizer::from_json(std::string json) {
  cn_tokenizer* handle = nullptr;
  cn_buffer error{};
  if (cn_tokenizer_load(slice_of(json), &handle, &error) != CN_OK) return refused(error);
  return std::shared_ptr<const Tokenizer>(new Tokenizer(handle, std::move(json)));
}

Tokenizer::~Tokenizer() { cn_tokenizer_free(handle_); }

std::uint32_t Tokenizer::vocab() const { return cn_tokenizer_vocab_size(handle_); }

std::optional<std::uint32_t> Tokenizer::token_id(std::string_view token) const {
  std::uint32_t id = 0;
  if (cn_tokenizer_token_id(handle_, slice_of(token), &id) != CN_OK) return std::nullopt;
  return id;
}

Result<Tokens> Tokenizer::encode(std::string_view text) const {
  cn_ids ids{};
  cn_buffer error{};
  if (cn_tokenizer_encode(handle_, slice_of(text), &ids, &error) != CN_OK) return refused(error);
  Tokens tokens(ids.ptr, ids.ptr + ids.len);
  cn_ids_free(ids);
  return tokens;
}

Result<Bytes> Tokenizer::decode(std::span<const std::uint32_t> tokens) const {
  cn_buffer bytes{};
  cn_buffer error{};
  if (cn_tokenizer_decode(handle_, tokens.data(), tokens.size(), &bytes, &error) != CN_OK) {
    return refused(error);
  }
  return take<Bytes>(bytes);
}

StreamDecoder::StreamDecoder(const Tokenizer& tokenizer) {
  CHECK(cn_stream_new(tokenizer.handle_, &handle_) == CN_OK, "a loaded tokenizer has a decoder");
}

StreamDecoder::~StreamDecoder() { cn_stream_free(handle_); }

Result<std::string> StreamDecoder::push(std::uint32_t token) {
  cn_buffer text{};
  cn_buffer error{};
  if (cn_stream_push(handle_, token, &text, &error) != CN_OK) return refused(error);
  return take<std::string>(text);
}

Result<std::string> StreamDecoder::finish() {
  cn_buffer text{};
  cn_buffer error{};
  if (cn_stream_finish(handle_, &text, &error) != CN_OK) return refused(error);
  return take<std::string>(text);
}

}  // namespace cambium::model
