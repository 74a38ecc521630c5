// The table of datasets: what they are called, whose they are, who reads them.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "data/detail/reader.hpp"

namespace cambium::data::detail {

struct Source {
  std::string_view id;
  std::string_view title;
  std::string_view licence;  // SPDX, as the package's copyright file states it
  std::string_view origin;   // who made the text
  std::vector<std::string_view> packages;  // the first one holds the text
  std::function<Result<RawDocuments>(const PackageRoot&)> read;
};

std::span<const Source> sources();
/// `not_found` with the known ids.
Result<Source> source_of(std::string_view id);

}  // namespace cambium::data::detail
