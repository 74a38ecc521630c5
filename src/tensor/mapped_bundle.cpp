#include "tensor/mapped_bundle.hpp"

#include <algorithm>
#include <vector>

#include "base/durable_file.hpp"

namespace cambium::tensor {

MappedBundle::MappedBundle(MappedFile file, crypto::PayloadVerifier verifier, Bundle bundle,
                           Verify verify)
    : file_(std::move(file)),
      verifier_(std::move(verifier)),
      bundle_(std::move(bundle)),
      verify_(verify) {}

Result<std::unique_ptr<MappedBundle>> MappedBundle::open(const std::filesystem::path& path,
                                                         const Hash& expected, Verify verify) {
  TRY(auto file, MappedFile::open(path));
  const auto located = [&](Error error) { return std::move(error).in(path.string()); };
  const auto parts = crypto::split_payload_file(file.bytes()).map_error(located);
  if (!parts) return forward_error(parts);
  auto verifier = crypto::PayloadVerifier::over(*parts, expected).map_error(located);
  if (!verifier) return forward_error(std::move(verifier));
  if (verify == Verify::eager) TRY_STATUS(verifier->verify_all().map_error(located));
  auto bundle = Bundle::parse(parts->content).map_error(located);
  if (!bundle) return forward_error(std::move(bundle));
  if (verify == Verify::lazy) {
    // The table decides what every name means, so it is checked before any tensor is handed out.
    const auto table = kBundleHeaderBytes + bundle->entries().size() * kBundleEntryBytes;
    TRY_STATUS(verifier->verify(0, table).map_error(located));
  }
  return std::unique_ptr<MappedBundle>(new MappedBundle(
      std::move(file), std::move(*verifier), std::move(*bundle), verify));
}

void MappedBundle::announce(std::span<const std::filesystem::path> paths) {
  constexpr std::uint64_t kEnd = 32 * 1024;  // a table at the front, the index at the back
  std::vector<MappedFile> files;
  for (const auto& path : paths) {
    auto file = MappedFile::open(path);
    if (!file) continue;
    const auto size = file->bytes().size();
    file->prefetch(0, kEnd);
    file->prefetch(size - std::min<std::uint64_t>(size, kEnd), kEnd);
    files.push_back(std::move(*file));
  }
  // By now the first tables are on their way, so waiting for one no longer delays the others.
  for (const auto& file : files) {
    for (const auto offset : Bundle::peek_offsets(file.bytes())) {
      file.prefetch(offset, kTensorHeaderBytes);
    }
  }
}

Result<TensorView> MappedBundle::tensor(std::string_view name) const {
  TRY(const auto view, bundle_.find(name));
  if (verify_ == Verify::lazy) {
    const auto* entry = bundle_.entry(name);
    TRY_STATUS(verifier_.verify(entry->offset, entry->size));
  }
  return view;
}

void MappedBundle::prefetch(std::string_view name) const {
  if (const auto* entry = bundle_.entry(name)) file_.prefetch(entry->offset, entry->size);
}

Result<Hash> write_payload_file(const std::filesystem::path& path, ByteView content) {
  crypto::PayloadTreeBuilder tree;
  tree.add(content);
  const auto index = tree.finish();
  TRY_STATUS(write_durably(path, {content, crypto::encode_payload_tail(content.size(), index)}));
  return index.back();
}

}  // namespace cambium::tensor
