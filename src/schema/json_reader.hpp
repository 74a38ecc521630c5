// A reader of JSON text, one token at a time; knows nothing of messages.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace cambium::schema {

/// Moves over the text it borrows. Every failure is `invalid_input` with the byte position.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  /// The next character that is not white space; 0 at the end. Nothing is taken.
  char peek();
  /// Takes `c` when it comes next.
  bool take(char c);
  Status expect(char c);
  /// A string with its escapes undone, as UTF-8.
  Result<std::string> string();
  /// A number, true, false or null as it is written.
  Result<std::string> word();
  /// Passes over any value, at most 64 levels deep, and returns its text.
  Result<std::string_view> value(int depth = 0);
  /// Nothing but white space is left.
  Status end();
  tl::unexpected<Error> error(std::string_view what) const;

 private:
  Result<std::uint32_t> hex4();
  Status escape(std::string& out);

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace cambium::schema
