#include "cli/message/fields.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cambium::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;

constexpr std::string_view kUnits[] = {"_ucbm", "_nano", "_ms"};
constexpr std::string_view kPublicKey = "cambium.tx.v1.PublicKey";

bool is_whole(const FieldDescriptor& field) {
  return field.message_type() == nullptr || field.is_repeated() ||
         field.message_type()->full_name() == kPublicKey;
}

void collect(const Descriptor& type, const std::vector<std::string>& open, const Leaf& above,
             std::vector<Leaf>& out) {
  for (int i = 0; i < type.field_count(); ++i) {
    const auto* field = type.field(i);
    if (above.path.empty() && field->name() == "sender") continue;
    Leaf leaf = above;
    leaf.path.push_back(field);
    leaf.key += (leaf.key.empty() ? "" : ".") + field->name();
    std::string shown = shown_name(field->name());
    if (!is_whole(*field) && std::ranges::find(open, field->name()) != open.end()) shown.clear();
    if (!leaf.shown.empty() && !shown.empty()) leaf.shown += "-";
    leaf.shown += shown;
    if (is_whole(*field)) {
      out.push_back(std::move(leaf));
    } else {
      collect(*field->message_type(), open, leaf, out);
    }
  }
}

/// "CHOICE_" of CHOICE_YES and CHOICE_NO.
std::string common_beginning(const google::protobuf::EnumDescriptor& type) {
  std::string common = type.value(0)->name();
  for (int i = 1; i < type.value_count(); ++i) {
    const auto& name = type.value(i)->name();
    const auto differ = std::ranges::mismatch(common, name);
    common.erase(differ.in1, common.end());
  }
  common.erase(common.rfind('_') + 1);
  return common;
}

std::string word_of(const EnumValueDescriptor& value) {
  std::string word = value.name().substr(common_beginning(*value.type()).size());
  std::ranges::transform(word, word.begin(), [](char c) {
    return c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return word;
}

}  // namespace

std::string shown_name(std::string_view field) {
  for (const auto unit : kUnits) {
    if (field.ends_with(unit)) field.remove_suffix(unit.size());
  }
  if (field == "nano") return {};
  std::string out(field);
  std::ranges::replace(out, '_', '-');
  return out;
}

std::vector<Leaf> leaves(const Descriptor& type, const std::vector<std::string>& open) {
  std::vector<Leaf> out;
  collect(type, open, {}, out);
  return out;
}

std::vector<std::string> choices_of(const FieldDescriptor& field) {
  std::vector<std::string> out;
  if (field.enum_type() == nullptr) return out;
  for (int i = 0; i < field.enum_type()->value_count(); ++i) {
    auto word = word_of(*field.enum_type()->value(i));
    if (word != "unspecified") out.push_back(std::move(word));
  }
  return out;
}

const EnumValueDescriptor* choice_named(const FieldDescriptor& field, const std::string& word) {
  for (int i = 0; i < field.enum_type()->value_count(); ++i) {
    const auto* value = field.enum_type()->value(i);
    if (word_of(*value) == word || value->name() == word) return value;
  }
  return nullptr;
}

std::string meaning_of(const FieldDescriptor& field) {
  const std::string& name = field.name();
  if (field.message_type() != nullptr) {
    if (field.message_type()->full_name() == kPublicKey) {
      return "a key of this home by its name, or ed25519:HEX or secp256k1:HEX";
    }
    std::string parts;
    const auto* type = field.message_type();
    for (int i = 0; i < type->field_count(); ++i) {
      parts += (i == 0 ? "" : ":") + shown_name(type->field(i)->name());
    }
    return "written " + parts;
  }
  if (name.ends_with("_ucbm")) return "CBM with at most six decimals, or base units as 5ucbm";
  if (name.ends_with("_nano")) return "a share: 5% or 0.05";
  if (name.ends_with("_ms")) {
    return "a span (3d, 12h), a span from now (+3d) or a date (2026-12-24)";
  }
  if (field.enum_type() != nullptr) return fmt::format("{}", fmt::join(choices_of(field), ", "));
  if (field.type() == FieldDescriptor::TYPE_BYTES) {
    return "an address, a key of this home, a validator's name, or hexadecimal bytes";
  }
  if (field.type() == FieldDescriptor::TYPE_BOOL) return "true or false";
  return field.type() == FieldDescriptor::TYPE_STRING ? "text" : "a whole number";
}

std::string value_of(const FieldDescriptor& field) {
  const std::string& name = field.name();
  if (field.message_type() != nullptr) return "PARTS";
  if (name.ends_with("_ucbm")) return "CBM";
  if (name.ends_with("_nano")) return "SHARE";
  if (name.ends_with("_ms")) return "TIME";
  if (field.enum_type() != nullptr) return "WORD";
  if (field.type() == FieldDescriptor::TYPE_BYTES) return "ACCOUNT";
  if (field.type() == FieldDescriptor::TYPE_BOOL) return "";
  return field.type() == FieldDescriptor::TYPE_STRING ? "TEXT" : "N";
}

}  // namespace cambium::cli
