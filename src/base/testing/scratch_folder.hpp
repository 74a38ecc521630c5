// A folder of its own for a test.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

#include "base/check.hpp"

namespace cambium {

/// Made empty, under the system's folder for such; whoever asked for it removes it.
inline std::filesystem::path scratch_folder(const std::string& name) {
  std::string made = (std::filesystem::temp_directory_path() / (name + "-XXXXXX")).string();
  CHECK(::mkdtemp(made.data()) != nullptr, "the folder for temporary files can be written");
  return made;
}

}  // namespace cambium
