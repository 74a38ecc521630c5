#include "data/detail/cache.hpp"

#include <fstream>
#include <iterator>

#include "base/durable_file.hpp"
#include "cambium/data/v1/corpus.pb.h"
#include "crypto/sha256.hpp"

namespace cambium::data::detail {
namespace {

using Stored = cambium::data::v1::CachedDataset;

// Part of the name: a change to cleaning or splitting makes older caches invisible.
constexpr std::string_view kFormat = ".v1.dataset";

std::filesystem::path path_of(std::string_view id, const std::filesystem::path& cache) {
  return cache / (std::string(id) + std::string(kFormat));
}

}  // namespace

std::optional<Dataset> read_cached(std::string_view id, const std::filesystem::path& cache) {
  std::ifstream in(path_of(id, cache), std::ios::binary);
  const std::string file((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (file.size() < Hash::kSize) return std::nullopt;
  const std::string_view body = std::string_view(file).substr(Hash::kSize);
  if (as_chars(crypto::sha256(as_bytes(body))) != file.substr(0, Hash::kSize)) return std::nullopt;
  Stored stored;
  if (!stored.ParseFromArray(body.data(), static_cast<int>(body.size()))) return std::nullopt;
  Dataset out;
  out.record = {stored.id(),     stored.version(), stored.title(),   stored.licence(),
                stored.source(), 0,                stored.samples(), 0,
                {},              {}};
  for (auto& document : *stored.mutable_documents()) {
    out.record.bytes += document.text().size();
    out.documents.push_back({document.id(), static_cast<Split>(document.split()),
                             std::move(*document.mutable_text())});
  }
  out.record.documents = out.documents.size();
  out.record.root = Hash::from(as_bytes(stored.root())).value_or(Hash{});
  for (const auto& hash : stored.sample_hashes()) {
    out.record.sample_hashes.push_back(Hash::from(as_bytes(hash)).value_or(Hash{}));
  }
  return out;
}

Status write_cached(const Dataset& dataset, const std::filesystem::path& cache) {
  const DatasetRecord& record = dataset.record;
  Stored stored;
  stored.set_id(record.id);
  stored.set_version(record.version);
  stored.set_title(record.title);
  stored.set_licence(record.licence);
  stored.set_source(record.source);
  stored.set_samples(record.samples);
  stored.set_root(to_string(record.root.view()));
  for (const Hash& hash : record.sample_hashes) stored.add_sample_hashes(to_string(hash.view()));
  for (const Document& document : dataset.documents) {
    auto* out = stored.add_documents();
    out->set_id(document.id);
    out->set_split(static_cast<std::uint32_t>(document.split));
    out->set_text(document.text);
  }
  const std::string body = stored.SerializeAsString();
  const Hash hash = crypto::sha256(as_bytes(body));
  std::error_code error;
  std::filesystem::create_directories(cache, error);
  return write_durably(path_of(record.id, cache), {hash.view(), as_bytes(body)});
}

}  // namespace cambium::data::detail
