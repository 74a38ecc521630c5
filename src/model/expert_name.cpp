#include "model/expert_name.hpp"

#include <charconv>

namespace cambium::model {
namespace {

// Takes a number without sign or leading zero off the front of `text`.
bool take_number(std::string_view& text, std::uint32_t& number) {
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || (text[0] == '0' && rest != text.data() + 1)) return false;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return true;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::string to_text(const ExpertName& name) {
  return "layer" + std::to_string(name.layer) + ".expert" + std::to_string(name.expert);
}

Result<ExpertName> parse_expert_name(std::string_view text) {
  ExpertName name;
  std::string_view rest = text;
  if (take(rest, "layer") && !rest.empty() && take_number(rest, name.layer) &&
      take(rest, ".expert") && !rest.empty() && take_number(rest, name.expert) && rest.empty()) {
    return name;
  }
  return fail(ErrorCode::invalid_input, "\"" + std::string(text.substr(0, 64)) +
                                            "\" is not an expert's name; write it like"
                                            " layer1.expert3.");
}

}  // namespace cambium::model
