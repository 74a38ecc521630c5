// Messages that a proposal stores, as people read them.
#pragma once

#include <string>

#include "cli/console.hpp"

namespace cambium::cli {

/// {"type": "bank.Send", "fields": {...}} of canonical bytes in hexadecimal; the text itself when
/// this program does not know them.
Json stored_message(const std::string& hex);

/// Replaces the field of that name by its decoded form; does nothing where it is absent or empty.
void decode_stored(Json& object, const char* field);

}  // namespace cambium::cli
