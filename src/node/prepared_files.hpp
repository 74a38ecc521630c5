// A trained bundle on this machine's disk between training and verdict.
#pragma once

#include <filesystem>
#include <optional>

#include "node/contribute.hpp"

namespace cambium::node {

/// Everything or nothing: `prepared` names the files and is written last.
Status save_prepared(const std::filesystem::path& folder, const Prepared& prepared);
/// Nothing when training has not finished here; `corrupt` when the files do not fit together.
Result<std::optional<Prepared>> load_prepared(const std::filesystem::path& folder);

}  // namespace cambium::node
