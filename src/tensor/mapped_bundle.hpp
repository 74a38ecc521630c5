// A payload file used where it lies: mapped, header checked, typed views, no copy of any weight.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "base/mapped_file.hpp"
#include "base/result.hpp"
#include "crypto/payload_tree.hpp"
#include "tensor/bundle.hpp"

namespace cambium::tensor {

/// When content is hashed against the root: each 256 KiB sub-tile of a tensor when the tensor is
/// first asked for, everything at open, or never (for files this process has just written).
enum class Verify { lazy, eager, none };

class MappedBundle {
 public:
  /// Opens a payload file (a block store's, or one of write_payload_file). Its index must lead to
  /// `expected`. Reads the table and the tensor headers, no weights unless `eager`.
  static Result<std::unique_ptr<MappedBundle>> open(const std::filesystem::path& path,
                                                    const Hash& expected, Verify verify);

  /// Reads ahead what `open` will need of files that are opened soon, all of them at once: tables,
  /// indexes and tensor headers, no weights. Only a hint; a file that cannot be read is skipped.
  static void announce(std::span<const std::filesystem::path> paths);

  /// The tensor, verified as the mode says, pointing into the mapping; valid as long as this lives.
  Result<TensorView> tensor(std::string_view name) const;
  const Bundle& bundle() const { return bundle_; }
  const crypto::PayloadVerifier& verifier() const { return verifier_; }
  const Hash& root() const { return verifier_.parts().root; }
  /// Pages of the mapping this process has touched.
  Result<std::uint64_t> touched_pages() const { return resident_pages(file_.bytes()); }
  /// Asks the kernel to read the tensor ahead of use.
  void prefetch(std::string_view name) const;

 private:
  MappedBundle(MappedFile file, crypto::PayloadVerifier verifier, Bundle bundle, Verify verify);
  MappedFile file_;
  crypto::PayloadVerifier verifier_;
  Bundle bundle_;
  Verify verify_;
};

/// Writes content with its index and trailer, durable and atomically, for files outside a store.
Result<Hash> write_payload_file(const std::filesystem::path& path, ByteView content);

}  // namespace cambium::tensor
