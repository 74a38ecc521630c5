// JSON replies as people read them.
#pragma once

#include <string>
#include <vector>

#include "cli/invocation.hpp"

namespace cambium::cli {

/// Fields one a line, nested ones indented, lists of objects as tables.
std::string render(const Json& value);

/// A table of these fields of every item; a missing one is empty.
std::string render_items(const Json& items, const std::vector<std::string>& fields);

/// Prints a reply: as it is with --json, else rendered.
void show(Invocation& call, const Json& value);
/// Prints a list reply {"items": [...]}: as it is with --json, else as a table of these fields.
void show_items(Invocation& call, const Json& reply, const std::vector<std::string>& fields);

}  // namespace cambium::cli
