// Finished datasets on disk: one file each, checked against its own root when read.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "data/corpus.hpp"

namespace cambium::data::detail {

/// Counts, root and sample hashes of the record from the documents.
void complete(Dataset& dataset);

/// Nothing when there is none or it is damaged; then it is built again.
std::optional<Dataset> read_cached(std::string_view id, const std::filesystem::path& cache);
Status write_cached(const Dataset& dataset, const std::filesystem::path& cache);

}  // namespace cambium::data::detail
