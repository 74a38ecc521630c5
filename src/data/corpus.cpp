#include "data/corpus.hpp"

#include <algorithm>

#include "crypto/merkle.hpp"
#include "crypto/sha256.hpp"
#include "data/detail/cache.hpp"
#include "data/detail/packages.hpp"
#include "data/detail/sources.hpp"
#include "data/quality.hpp"

namespace cambium::data {
namespace {

constexpr std::size_t kSampleHashes = 8;
constexpr std::uint8_t kParts = 20;  // of which one is the public half, one the hidden half

// Equal documents land in the same half of the same dataset for ever, whatever else joins it.
Hash place_of(std::string_view dataset, std::string_view document) {
  return crypto::sha256({as_bytes("cambium/split/v1"), as_bytes(dataset), as_bytes("/"),
                         as_bytes(document)});
}

Split split_of(const Hash& place) {
  const std::uint64_t part = read_be64(place.view().first(8)) % kParts;
  return part == 0 ? Split::public_half : part == 1 ? Split::hidden_half : Split::train;
}

struct Placed {
  Hash place;
  Document document;
};

// Keeps the samples that pass the gate; documents are ordered by their hash, so that a prefix is
// a fair sample of the whole.
std::vector<Document> sifted(std::string_view dataset, const detail::RawDocuments& raw) {
  QualityGate gate;
  std::vector<Placed> placed;
  for (const detail::RawDocument& document : raw) {
    std::string text;
    for (const std::string& sample : samples_of(document.text)) {
      if (gate.judge(sample) != SampleVerdict::accepted) continue;
      if (!text.empty()) text.append("\n\n");
      text.append(sample);
    }
    if (text.empty()) continue;
    const Hash place = place_of(dataset, document.id);
    placed.push_back({place, {document.id, split_of(place), std::move(text)}});
  }
  std::sort(placed.begin(), placed.end(),
            [](const Placed& a, const Placed& b) { return a.place < b.place; });
  std::vector<Document> out;
  for (Placed& p : placed) out.push_back(std::move(p.document));
  return out;
}

}  // namespace

std::vector<std::string_view> Dataset::texts(Split split) const {
  std::vector<std::string_view> out;
  for (const Document& document : documents) {
    if (document.split == split) out.push_back(document.text);
  }
  return out;
}

void detail::complete(Dataset& dataset) {
  std::vector<Hash> leaves;
  std::vector<Hash> hashes;
  DatasetRecord& record = dataset.record;
  record.documents = dataset.documents.size();
  record.bytes = 0;
  for (const Document& document : dataset.documents) {
    record.bytes += document.text.size();
    for (const std::string& sample : samples_of(document.text)) {
      leaves.push_back(crypto::merkle_leaf(as_bytes(sample)));
      hashes.push_back(crypto::sha256(as_bytes(sample)));
    }
  }
  record.samples = leaves.size();
  record.root = crypto::merkle_root(leaves);
  record.sample_hashes.clear();
  const std::size_t stride = std::max<std::size_t>(1, hashes.size() / kSampleHashes);
  for (std::size_t i = 0; i < hashes.size() && record.sample_hashes.size() < kSampleHashes;
       i += stride) {
    record.sample_hashes.push_back(hashes[i]);
  }
}

std::vector<std::string> dataset_ids() {
  std::vector<std::string> out;
  for (const detail::Source& source : detail::sources()) out.emplace_back(source.id);
  return out;
}

std::vector<std::string> packages_needed() {
  std::vector<std::string> out;
  for (const detail::Source& source : detail::sources()) {
    for (const std::string_view package : source.packages) out.emplace_back(package);
  }
  return out;
}

Result<Dataset> build(std::string_view id, const CorpusPaths& paths, const OnBuild& on_build) {
  TRY(const detail::Source source, detail::source_of(id));
  if (auto cached = detail::read_cached(id, paths.cache)) return std::move(*cached);
  const detail::PackageRoot root = [&](std::string_view package) {
    return detail::package_root(package, paths, on_build);
  };
  TRY_STATUS(root(source.packages.front()));
  if (on_build) on_build({"read", id});
  TRY(const detail::RawDocuments raw, source.read(root));
  Dataset dataset;
  dataset.documents = sifted(id, raw);
  if (dataset.documents.empty()) {
    return fail(ErrorCode::corrupt, "The dataset " + std::string(id) +
                                        " holds no usable text; install its package again.");
  }
  dataset.record.id = id;
  dataset.record.title = source.title;
  dataset.record.licence = source.licence;
  dataset.record.version = detail::package_version(source.packages.front(), paths);
  dataset.record.source = "Debian package " + std::string(source.packages.front()) + " " +
                          dataset.record.version + ", " + std::string(source.origin);
  detail::complete(dataset);
  TRY_STATUS(detail::write_cached(dataset, paths.cache));
  return dataset;
}

}  // namespace cambium::data
