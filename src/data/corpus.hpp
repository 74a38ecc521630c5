// The datasets of the main job: real prose out of Debian packages, cleaned, checked and split.
//
// A dataset is a list of documents; a document is a list of samples of 20 to 2048 bytes joined by
// empty lines. Everything is a function of the package's bytes: the same package version gives the
// same documents, the same split and the same Merkle root on every machine.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"

namespace cambium::data {

/// Nine documents of ten are for training; the rest measures, one half known to everyone and one
/// that only evaluators read.
enum class Split : std::uint8_t { train, public_half, hidden_half };

struct Document {
  std::string id;  // unique in its dataset: a path, a chapter, a range of entries
  Split split = Split::train;
  std::string text;  // UTF-8
};

/// What the registry and the pages say of a dataset.
struct DatasetRecord {
  std::string id;       // a-z 0-9 -
  std::string version;  // of the package
  std::string title;
  std::string licence;  // SPDX expression
  std::string source;   // where text and licence come from
  std::uint64_t documents = 0;
  std::uint64_t samples = 0;
  std::uint64_t bytes = 0;          // of all documents' text
  Hash root;                        // RFC 6962 over the samples, in order
  std::vector<Hash> sample_hashes;  // SHA-256 of eight samples, evenly spaced
};

struct Dataset {
  DatasetRecord record;
  std::vector<Document> documents;  // in order of their ids' hashes: any prefix is a fair sample

  /// Texts of one split, borrowed.
  std::vector<std::string_view> texts(Split split) const;
};

struct CorpusPaths {
  std::filesystem::path cache;      // finished datasets, packages and what was unpacked of them
  std::filesystem::path installed = "/";  // looked at first; a root file system
};

struct BuildProgress {
  std::string_view step;  // "fetch", "unpack", "read"
  std::string_view what;  // dataset or package
};
using OnBuild = std::function<void(const BuildProgress&)>;

/// Ids that `build` knows: kernel-doc, debian-handbook, wordnet, kjv-bible, gcide.
std::vector<std::string> dataset_ids();
/// Debian packages that the datasets come from; installed ones need no download.
std::vector<std::string> packages_needed();

/// The dataset, from the cache when it is there. Otherwise the package is taken from the running
/// system, or fetched with apt-get and unpacked under the cache, no root needed. `unavailable` when
/// it cannot be had, with what to do.
Result<Dataset> build(std::string_view id, const CorpusPaths& paths, const OnBuild& on_build = {});

}  // namespace cambium::data
