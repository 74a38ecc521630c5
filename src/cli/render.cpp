#include "cli/render.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cambium::cli {
namespace {

constexpr std::size_t kWidestCell = 72;

std::string cell(const Json& value) {
  if (value.is_null()) return "-";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return fmt::format("{:.6g}", value.get<double>());
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_table(const Json& value) {
  return value.is_array() && !value.empty() &&
         std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_object(); });
}

bool is_plain(const Json& value) {
  if (value.is_object()) return value.empty();
  if (!value.is_array()) return true;
  return std::none_of(value.begin(), value.end(),
                      [](const Json& item) { return item.is_object() || item.is_array(); });
}

std::string indent(const std::string& text, const std::string& by) {
  std::string out;
  for (std::size_t from = 0; from < text.size();) {
    const auto end = std::min(text.find('\n', from), text.size());
    out += by + text.substr(from, end - from) + "\n";
    from = end + 1;
  }
  return out;
}

std::vector<std::string> plain_fields(const Json& items) {
  std::vector<std::string> out;
  for (const auto& [key, value] : items.front().items()) {
    if (is_plain(value)) out.push_back(key);
  }
  return out;
}

}  // namespace

std::string render_items(const Json& items, const std::vector<std::string>& fields) {
  std::vector<std::vector<std::string>> rows = {fields};
  for (const auto& item : items) {
    std::vector<std::string> row;
    for (const auto& field : fields) {
      row.push_back(item.contains(field) ? clip(cell(item[field]), kWidestCell) : "");
    }
    rows.push_back(std::move(row));
  }
  return table(rows);
}

std::string render(const Json& value) {
  if (is_table(value)) return render_items(value, plain_fields(value));
  if (!value.is_object()) return cell(value) + "\n";
  std::size_t width = 0;
  for (const auto& [key, child] : value.items()) {
    if (is_plain(child)) width = std::max(width, key.size());
  }
  std::string out;
  for (const auto& [key, child] : value.items()) {
    if (is_plain(child)) {
      out += fmt::format("{:<{}}  {}\n", key, width, cell(child));
    } else {
      out += key + ":\n" + indent(render(child), "  ");
    }
  }
  return out;
}

void show(Invocation& call, const Json& value) {
  if (call.json()) return call.console.object(value);
  call.console.text(render(value));
}

void show_items(Invocation& call, const Json& reply, const std::vector<std::string>& fields) {
  if (call.json()) return call.console.object(reply);
  const auto items = reply.find("items");
  if (items == reply.end() || items->empty()) return call.console.talk("There are none yet.");
  call.console.text(render_items(*items, fields));
  const auto next = reply.find("next");
  if (next != reply.end() && next->is_string()) {
    call.console.talk(fmt::format("More: --before {}", next->get<std::string>()));
  }
}

}  // namespace cambium::cli
