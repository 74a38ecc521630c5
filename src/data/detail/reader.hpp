// Readers turn an unpacked package into raw documents; cleaning is theirs, judging is not.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace cambium::data::detail {

struct RawDocument {
  std::string id;
  std::string text;  // paragraphs apart by empty lines
};
using RawDocuments = std::vector<RawDocument>;

/// Where a package's files are: below a root like "/" or the folder it was unpacked in.
using PackageRoot = std::function<Result<std::filesystem::path>(std::string_view package)>;

/// Each reads one dataset. Documents come in a repeatable order.
Result<RawDocuments> read_kernel_doc(const PackageRoot& root);
Result<RawDocuments> read_handbook(const PackageRoot& root);
Result<RawDocuments> read_wordnet(const PackageRoot& root);
Result<RawDocuments> read_kjv_bible(const PackageRoot& root);
Result<RawDocuments> read_gcide(const PackageRoot& root);

/// reStructuredText to paragraphs: directives, tables, code, rules and markup go.
std::string clean_rst(std::string_view rst);
/// XHTML to paragraphs: headings and prose stay; scripts, code and navigation go.
std::string clean_html(std::string_view html);

/// The whole file; gunzipped when its name ends in .gz or .dz.
Result<std::string> read_text_file(const std::filesystem::path& path);
/// Files below `folder` whose names end in `ending`, sorted.
Result<std::vector<std::filesystem::path>> list_files(const std::filesystem::path& folder,
                                                      std::string_view ending);

/// The lines of a text, without their ends.
std::vector<std::string_view> lines_of(std::string_view text);
std::string_view trim(std::string_view text);
/// Groups small entries into documents of about 4 KiB, named by `prefix` and a running number.
RawDocuments group_entries(std::string_view prefix, const std::vector<std::string>& entries);

}  // namespace cambium::data::detail
