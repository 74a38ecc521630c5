#include "model/payload_bundle.hpp"

#include <cstring>
#include <new>

#include "crypto/payload_tree.hpp"

namespace cambium::model {
namespace {

class MappedPayload final : public PayloadBundle {
 public:
  explicit MappedPayload(std::unique_ptr<const tensor::MappedBundle> bundle)
      : bundle_(std::move(bundle)) {}
  const tensor::Bundle& bundle() const override { return bundle_->bundle(); }
  const Hash& root() const override { return bundle_->root(); }
  Status verify() const override { return bundle_->verifier().verify_all(); }
  Status verify(std::string_view tensor) const override {
    const auto* entry = bundle_->bundle().entry(tensor);
    return entry == nullptr ? Status{} : bundle_->verifier().verify(entry->offset, entry->size);
  }
  Result<std::uint64_t> touched_pages() const override { return bundle_->touched_pages(); }

 private:
  std::unique_ptr<const tensor::MappedBundle> bundle_;
};

constexpr std::align_val_t kAlignment{64};

struct AlignedDelete {
  void operator()(std::uint8_t* bytes) const { ::operator delete[](bytes, kAlignment); }
};
using AlignedBytes = std::unique_ptr<std::uint8_t[], AlignedDelete>;

class MemoryPayload final : public PayloadBundle {
 public:
  MemoryPayload(AlignedBytes bytes, tensor::Bundle bundle, const Hash& root)
      : bytes_(std::move(bytes)), bundle_(std::move(bundle)), root_(root) {}
  const tensor::Bundle& bundle() const override { return bundle_; }
  const Hash& root() const override { return root_; }
  Status verify() const override { return {}; }
  Status verify(std::string_view) const override { return {}; }
  Result<std::uint64_t> touched_pages() const override { return 0; }

 private:
  AlignedBytes bytes_;
  tensor::Bundle bundle_;
  Hash root_;
};

}  // namespace

SharedPayload PayloadBundle::mapped(std::unique_ptr<const tensor::MappedBundle> bundle) {
  return std::make_shared<MappedPayload>(std::move(bundle));
}

Result<SharedPayload> PayloadBundle::in_memory(ByteView content) {
  AlignedBytes bytes(new (kAlignment) std::uint8_t[content.size()]);
  if (!content.empty()) std::memcpy(bytes.get(), content.data(), content.size());
  const ByteView copy(bytes.get(), content.size());
  TRY(tensor::Bundle bundle, tensor::Bundle::parse(copy));
  const Hash root = crypto::payload_root(copy);
  return std::make_shared<MemoryPayload>(std::move(bytes), std::move(bundle), root);
}

}  // namespace cambium::model
