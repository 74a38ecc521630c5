// What `cambium doctor` looks at; each check says how it is and, when it is bad, what to do.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/invocation.hpp"

namespace cambium::cli {

struct Finding {
  enum class Kind : std::uint8_t { good, note, bad };  // a note stops nothing
  std::string what;
  Kind kind = Kind::good;
  std::string detail;
  std::string remedy = {};
};

Finding check_disk(const std::filesystem::path& home);
Finding check_memory();
Finding check_clock(const Clock& clock);
/// Free, or held by the node that runs on this home.
Finding check_port(const std::string& address, std::uint16_t port);
Finding check_home(const std::filesystem::path& home);
Finding check_text(const Invocation& call, const std::filesystem::path& home);
Finding check_node(const Invocation& call);

}  // namespace cambium::cli
