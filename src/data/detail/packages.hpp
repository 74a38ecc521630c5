// Finding the files of a Debian package: installed, unpacked before, or fetched now.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "data/corpus.hpp"

namespace cambium::data::detail {

/// A file that tells that a package is there, relative to a root.
std::string_view landmark_of(std::string_view package);

/// The root below which the package's files lie. Fetching needs apt-get with its lists, and no
/// rights: the package is unpacked under the cache.
Result<std::filesystem::path> package_root(std::string_view package, const CorpusPaths& paths,
                                           const OnBuild& on_build);

/// The package's version: of the installed one, or from the name of the fetched file.
std::string package_version(std::string_view package, const CorpusPaths& paths);

}  // namespace cambium::data::detail
