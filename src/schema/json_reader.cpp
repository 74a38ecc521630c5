#include "schema/json_reader.hpp"

#include <fmt/format.h>

namespace cambium::schema {
namespace {

constexpr int kMaxDepth = 64;

void append_utf8(std::string& out, std::uint32_t c) {
  const auto push = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) return push(c);
  if (c < 0x800) {
    push(0xc0 | c >> 6);
  } else if (c < 0x10000) {
    push(0xe0 | c >> 12);
    push(0x80 | (c >> 6 & 0x3f));
  } else {
    push(0xf0 | c >> 18);
    push(0x80 | (c >> 12 & 0x3f));
    push(0x80 | (c >> 6 & 0x3f));
  }
  push(0x80 | (c & 0x3f));
}

}  // namespace

tl::unexpected<Error> JsonReader::error(std::string_view what) const {
  return fail(ErrorCode::invalid_input, fmt::format("JSON at byte {}: {}", at_, what));
}

char JsonReader::peek() {
  constexpr std::string_view kSpace = " \t\r\n";
  while (at_ < text_.size() && kSpace.find(text_[at_]) != std::string_view::npos) ++at_;
  return at_ < text_.size() ? text_[at_] : '\0';
}

bool JsonReader::take(char c) {
  if (peek() != c || at_ >= text_.size()) return false;
  ++at_;
  return true;
}

Status JsonReader::expect(char c) {
  if (take(c)) return {};
  return error(fmt::format("expected '{}'", c));
}

Status JsonReader::end() {
  if (peek() == '\0' && at_ >= text_.size()) return {};
  return error("text after the end of the value");
}

Result<std::uint32_t> JsonReader::hex4() {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    if (at_ >= text_.size()) return error("the text ends inside an escape");
    const auto digit = std::string_view("0123456789abcdef").find(text_[at_] | 0x20);
    if (digit == std::string_view::npos) return error("\\u needs four hexadecimal digits");
    value = value << 4 | static_cast<std::uint32_t>(digit);
  }
  return value;
}

Status JsonReader::escape(std::string& out) {
  if (at_ >= text_.size()) return error("the text ends inside an escape");
  const char c = text_[at_++];
  const auto simple = std::string_view("\"\\/bfnrt").find(c);
  if (simple != std::string_view::npos) {
    out += "\"\\/\b\f\n\r\t"[simple];
    return {};
  }
  if (c != 'u') return error("an escape that JSON does not have");
  TRY(auto code, hex4());
  if (code >= 0xd800 && code < 0xdc00) {
    if (text_.substr(at_, 2) != "\\u") return error("half of a surrogate pair");
    at_ += 2;
    TRY(const auto low, hex4());
    if (low < 0xdc00 || low > 0xdfff) return error("half of a surrogate pair");
    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  } else if (code >= 0xdc00 && code <= 0xdfff) {
    return error("half of a surrogate pair");
  }
  append_utf8(out, code);
  return {};
}

Result<std::string> JsonReader::string() {
  TRY_STATUS(expect('"'));
  std::string out;
  while (at_ < text_.size() && text_[at_] != '"') {
    const char c = text_[at_++];
    if (static_cast<unsigned char>(c) < 0x20) return error("a raw control character in a string");
    if (c != '\\') {
      out += c;
      continue;
    }
    TRY_STATUS(escape(out));
  }
  if (at_ >= text_.size()) return error("a string without its closing quote");
  ++at_;
  return out;
}

Result<std::string> JsonReader::word() {
  peek();
  const std::size_t from = at_;
  const auto part = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' ||
           c == 'E';
  };
  while (at_ < text_.size() && part(text_[at_])) ++at_;
  if (at_ == from) return error("expected a value");
  return std::string(text_.substr(from, at_ - from));
}

Result<std::string_view> JsonReader::value(int depth) {
  if (depth > kMaxDepth) return error("nested more than 64 levels deep");
  const char open = peek();
  const std::size_t from = at_;
  if (open == '"') {
    TRY_STATUS(string());
  } else if (open != '{' && open != '[') {
    TRY_STATUS(word());
  } else {
    const char close = open == '{' ? '}' : ']';
    take(open);
    if (!take(close)) {
      do {
        if (open == '{') {
          TRY_STATUS(string());
          TRY_STATUS(expect(':'));
        }
        TRY_STATUS(value(depth + 1));
      } while (take(','));
      TRY_STATUS(expect(close));
    }
  }
  return text_.substr(from, at_ - from);
}

}  // namespace cambium::schema
