#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/check.hpp"
#include "tensor/detail/bundle_table.hpp"

namespace cambium::tensor {

bool detail::valid_tensor_name(std::string_view name) {
  return !name.empty() && name.size() <= kTensorNameBytes &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos;
}

Status BundleWriter::add(std::string name, const TensorView& view) {
  if (!detail::valid_tensor_name(name)) {
    return fail(ErrorCode::invalid_input,
                fmt::format("\"{}\" cannot name a tensor: use 1 to 40 of a-z, 0-9, _ and dot.",
                            name));
  }
  if (items_.size() == kBundleTensors) {
    return fail(ErrorCode::invalid_input, "A bundle holds at most 4096 tensors; make another.");
  }
  if (std::any_of(items_.begin(), items_.end(), [&](auto& item) { return item.name == name; })) {
    return fail(ErrorCode::already_exists,
                fmt::format("The bundle already has a tensor named {}; names are used once.",
                            name));
  }
  items_.push_back({std::move(name), view});
  return {};
}

std::uint64_t BundleWriter::content_bytes() const {
  auto end = kBundleHeaderBytes + items_.size() * kBundleEntryBytes;
  for (const auto& item : items_) {
    const auto size = tensor_block_bytes(item.view, MerkleIndex::of_payload);
    end = detail::block_start(end, size) + size;
  }
  return end;
}

Result<Bytes> BundleWriter::finish() const {
  detail::BundleHeader header;
  header.tensors = items_.size();
  header.content_bytes = content_bytes();
  Bytes out(header.content_bytes);
  const std::span<std::uint8_t> bytes(out);
  detail::encode_record<detail::BundleHeader>(header, detail::kBundleMagic, detail::kBundleFields,
                                              bytes.first(kBundleHeaderBytes));
  auto end = kBundleHeaderBytes + items_.size() * kBundleEntryBytes;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    auto block = write_tensor_block(items_[i].view, MerkleIndex::of_payload);
    if (!block) return tl::unexpected(std::move(block.error()).in(items_[i].name));
    detail::BundleEntry entry;
    entry.size = block->size();
    entry.offset = detail::block_start(end, entry.size);
    end = entry.offset + entry.size;
    detail::encode_record<detail::BundleEntry>(
        entry, items_[i].name, detail::kEntryFields,
        bytes.subspan(kBundleHeaderBytes + i * kBundleEntryBytes, kBundleEntryBytes));
    std::memcpy(out.data() + entry.offset, block->data(), block->size());
  }
  CHECK(end == out.size(), "the computed size of the bundle is wrong");
  return out;
}

}  // namespace cambium::tensor
