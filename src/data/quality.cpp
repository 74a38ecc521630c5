#include "data/quality.hpp"

#include <algorithm>
#include <array>

#include "crypto/sha256.hpp"

namespace cambium::data {
namespace {

constexpr std::size_t kJoinedBytes = 1024;  // neighbours are joined up to here
constexpr double kLeastLetters = 0.55;      // of a sample's bytes: below it is a table or a dump

bool is_letter(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

// Well-formed UTF-8 (RFC 3629) without control characters.
bool is_utf8_text(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const auto c = static_cast<unsigned char>(s[i]);
    if (c < 0x20 && c != '\n' && c != '\t') return false;
    const std::size_t length = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 0;
    if (length == 0 || c > 0xF4 || i + length > s.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(s[i + k]) & 0xC0) != 0x80) return false;
    }
    i += length;
  }
  return true;
}

bool is_prose(std::string_view s) {
  const auto letters = std::count_if(s.begin(), s.end(), [](char c) {
    return is_letter(static_cast<unsigned char>(c)) || c == ' ';
  });
  return static_cast<double>(letters) >= kLeastLetters * static_cast<double>(s.size());
}

std::string_view trimmed(std::string_view s) {
  const auto first = s.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return s.substr(first, s.find_last_not_of(" \t\n") - first + 1);
}

// Where to cut a paragraph that is too long: after a sentence, else at a space, else anywhere.
std::size_t cut_place(std::string_view s) {
  const std::string_view head = s.substr(0, kJoinedBytes);
  std::size_t at = head.rfind(". ");
  if (at != std::string_view::npos && at > kJoinedBytes / 4) return at + 1;
  at = head.rfind(' ');
  return at != std::string_view::npos && at > 0 ? at : kJoinedBytes;
}

void add_paragraph(std::string_view paragraph, std::vector<std::string>& out) {
  while (paragraph.size() > kMaxSampleBytes) {
    const std::size_t at = cut_place(paragraph);
    out.emplace_back(trimmed(paragraph.substr(0, at)));
    paragraph = trimmed(paragraph.substr(at));
  }
  if (paragraph.empty()) return;
  if (!out.empty() && out.back().size() + paragraph.size() + 2 <= kJoinedBytes) {
    out.back().append("\n\n").append(paragraph);
  } else {
    out.emplace_back(paragraph);
  }
}

}  // namespace

std::string_view name(SampleVerdict verdict) {
  constexpr std::array<std::string_view, 5> kNames = {"accepted", "too_short", "too_long",
                                                      "not_text", "duplicate"};
  return kNames[static_cast<std::size_t>(verdict)];
}

SampleVerdict QualityGate::judge(std::string_view sample) {
  if (sample.size() < kMinSampleBytes) return ++report_.too_short, SampleVerdict::too_short;
  if (sample.size() > kMaxSampleBytes) return ++report_.too_long, SampleVerdict::too_long;
  if (!is_utf8_text(sample) || !is_prose(sample)) {
    return ++report_.not_text, SampleVerdict::not_text;
  }
  if (!seen_.insert(crypto::sha256(as_bytes(sample))).second) {
    return ++report_.duplicates, SampleVerdict::duplicate;
  }
  return ++report_.accepted, SampleVerdict::accepted;
}

std::vector<std::string> samples_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t gap = std::min(text.find("\n\n"), text.size());
    add_paragraph(trimmed(text.substr(0, gap)), out);
    text.remove_prefix(std::min(text.size(), gap + 2));
  }
  return out;
}

}  // namespace cambium::data
