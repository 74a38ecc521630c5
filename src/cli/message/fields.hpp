// A message's fields as words and options of a command line; all of it follows from descriptors.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <vector>

namespace cambium::cli {

/// One thing to fill in: a field, or a field of a message inside.
struct Leaf {
  std::vector<const google::protobuf::FieldDescriptor*> path;  // outermost first
  std::string key;    // "commission.rate_nano"
  std::string shown;  // "commission-rate": words joined by dashes, without the unit
  const google::protobuf::FieldDescriptor& field() const { return *path.back(); }
};

/// Everything that a person fills in, in the schema's order; the sender is left out, for it
/// follows from who signs. Messages named in `open` add nothing to the names of their fields.
std::vector<Leaf> leaves(const google::protobuf::Descriptor& type,
                         const std::vector<std::string>& open = {});

/// "amount_ucbm" as people see it: "amount".
std::string shown_name(std::string_view field);

/// What may be written there, for help.
std::string meaning_of(const google::protobuf::FieldDescriptor& field);
/// A short name of that kind: "CBM", "ADDRESS", "N".
std::string value_of(const google::protobuf::FieldDescriptor& field);
/// The words of an enumeration without what they have in common, and without "unspecified".
std::vector<std::string> choices_of(const google::protobuf::FieldDescriptor& field);
/// The number behind such a word; nothing for another word.
const google::protobuf::EnumValueDescriptor* choice_named(
    const google::protobuf::FieldDescriptor& field, const std::string& word);

}  // namespace cambium::cli
