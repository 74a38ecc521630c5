// Where the pinned CometBFT lies.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace cambium::engine {

/// `named` when it is not empty; otherwise beside this program, in `.cambium/bin` of a folder above
/// it or of the current one, in PATH, or where Go installs. `not_found` says how to get it.
Result<std::filesystem::path> find_cometbft(const std::string& named);

}  // namespace cambium::engine
