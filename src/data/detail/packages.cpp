#include "data/detail/packages.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include "data/detail/command.hpp"
#include "data/detail/reader.hpp"

namespace cambium::data::detail {
namespace {

namespace fs = std::filesystem;

using Landmark = std::pair<std::string_view, std::string_view>;
constexpr std::array<Landmark, 6> kLandmarks = {
    Landmark{"linux-doc-6.1", "usr/share/doc/linux-doc-6.1/Documentation"},
    Landmark{"debian-handbook", "usr/share/doc/debian-handbook/html/en-US"},
    Landmark{"wordnet-base", "usr/share/wordnet/data.noun"},
    Landmark{"bible-kjv-text", "usr/lib/bible.data"},
    Landmark{"bible-kjv", "usr/bin/bible"},
    Landmark{"dict-gcide", "usr/share/dictd/gcide.dict.dz"}};

fs::path unpacked(std::string_view package, const CorpusPaths& paths) {
  return paths.cache / "packages" / package;
}

// apt-get names a fetched file <package>_<version>_<architecture>.deb, ':' written as %3a.
Result<fs::path> fetched_file(std::string_view package, const fs::path& folder) {
  TRY(const auto files, list_files(folder, ".deb"));
  for (const fs::path& file : files) {
    if (file.filename().string().starts_with(std::string(package) + "_")) return file;
  }
  return fail(ErrorCode::unavailable, "The package " + std::string(package) +
                                          " was not found in " + folder.string() + ".");
}

Status fetch(std::string_view package, const CorpusPaths& paths, const OnBuild& on_build) {
  const fs::path debs = paths.cache / "debs";
  std::error_code error;
  fs::create_directories(debs, error);
  if (!fetched_file(package, debs)) {
    if (on_build) on_build({"fetch", package});
    const auto fetched =
        run_command({{"apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download",
                      std::string(package)}, debs});
    if (!fetched) {
      return fail(ErrorCode::unavailable,
                  "The package " + std::string(package) +
                      " could not be fetched: " + fetched.error().message +
                      " Check the network, or install it with: apt-get install " +
                      std::string(package));
    }
  }
  TRY(const fs::path file, fetched_file(package, debs));
  if (on_build) on_build({"unpack", package});
  const fs::path target = unpacked(package, paths);
  const fs::path half = target.string() + ".tmp";
  fs::remove_all(half, error);
  fs::create_directories(half, error);
  TRY_STATUS(run_command({{"dpkg-deb", "-x", file.string(), half.string()}, debs}));
  fs::rename(half, target, error);
  if (!error) return {};
  return fail(ErrorCode::io, "Could not make " + target.string() + ": " + error.message() + ".");
}

}  // namespace

std::string_view landmark_of(std::string_view package) {
  const auto at = std::find_if(kLandmarks.begin(), kLandmarks.end(),
                               [&](const Landmark& l) { return l.first == package; });
  return at == kLandmarks.end() ? std::string_view() : at->second;
}

Result<fs::path> package_root(std::string_view package, const CorpusPaths& paths,
                              const OnBuild& on_build) {
  const std::string_view landmark = landmark_of(package);
  std::error_code error;
  if (fs::exists(paths.installed / landmark, error)) return paths.installed;
  const fs::path target = unpacked(package, paths);
  if (!fs::exists(target / landmark, error)) {
    fs::remove_all(target, error);
    TRY_STATUS(fetch(package, paths, on_build));
  }
  return target;
}

std::string package_version(std::string_view package, const CorpusPaths& paths) {
  std::error_code error;
  std::string version;
  if (fs::exists(paths.installed / landmark_of(package), error)) {
    const auto said = run_command({{"dpkg-query", "--admindir",
                                    (paths.installed / "var/lib/dpkg").string(), "-W",
                                    "-f=${Version}", std::string(package)}, "/"});
    if (said) version = *said;
  } else if (std::ifstream note(unpacked(package, paths) / "version"); note >> version) {
    // tools/setup unpacked it and left the version beside it
  } else if (const auto file = fetched_file(package, paths.cache / "debs")) {
    const std::string name = file->filename().string();
    const std::size_t from = name.find('_') + 1;
    version = name.substr(from, name.find('_', from) - from);
  }
  // An epoch says nothing about the text and would not fit an id@version.
  if (const std::size_t at = version.find("%3a"); at != std::string::npos) version.erase(0, at + 3);
  if (const std::size_t at = version.find(':'); at != std::string::npos) version.erase(0, at + 1);
  return version.empty() ? "unknown" : version;
}

}  // namespace cambium::data::detail
