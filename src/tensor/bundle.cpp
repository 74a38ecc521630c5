#include "tensor/bundle.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tensor/detail/bundle_table.hpp"

namespace cambium::tensor {
namespace {

using detail::all_zero;

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorCode::corrupt,
              fmt::format("The bundle is not valid: {}; fetch or export it again.", what));
}

Result<detail::BundleHeader> read_header(ByteView content) {
  if (content.size() < kBundleHeaderBytes) {
    return damaged(fmt::format("it has {} bytes, less than its header", content.size()));
  }
  if (as_chars(content.first(8)) != detail::kBundleMagic) {
    return damaged("it does not start with CBUNDLE1");
  }
  const auto header = detail::decode_record<detail::BundleHeader>(detail::kBundleFields, content);
  if (header.version != detail::kBundleVersion) {
    return fail(ErrorCode::unsupported,
                fmt::format("The bundle has version {}; this program reads version 1, use a newer "
                            "one.", header.version));
  }
  if (header.content_bytes != content.size()) {
    return damaged(fmt::format("its header names {} bytes but there are {}", header.content_bytes,
                               content.size()));
  }
  const auto table_room = (content.size() - kBundleHeaderBytes) / kBundleEntryBytes;
  if (header.tensors > kBundleTensors || header.tensors > table_room) {
    return damaged(fmt::format("a table of {} tensors does not fit", header.tensors));
  }
  if (!all_zero(content.subspan(24, 40))) return damaged("reserved bytes are not zero");
  return header;
}

/// The entry at `row` of the table, whose block must follow the one that ended at `end`.
Result<Bundle::Entry> read_entry(ByteView content, ByteView row, std::uint64_t end) {
  const auto record = detail::decode_record<detail::BundleEntry>(detail::kEntryFields, row);
  const auto padded = as_chars(row.first(kTensorNameBytes));
  Bundle::Entry entry{std::string(padded.substr(0, padded.find('\0'))), record.offset, record.size,
                      {}};
  if (!detail::valid_tensor_name(entry.name) || !all_zero(row.subspan(56)) ||
      !all_zero(row.subspan(entry.name.size(), kTensorNameBytes - entry.name.size()))) {
    return damaged("a name in its table is malformed");
  }
  if (record.size > content.size() || record.offset > content.size() - record.size ||
      record.offset != detail::block_start(end, record.size)) {
    return damaged(fmt::format("{} does not lie where its size puts it", entry.name));
  }
  if (!all_zero(content.subspan(end, record.offset - end))) {
    return damaged(fmt::format("the padding before {} is not zero", entry.name));
  }
  auto view = parse_tensor_block(content.subspan(record.offset, record.size));
  if (!view) return tl::unexpected(std::move(view.error()).in(entry.name));
  if (record.size != tensor_block_bytes(*view, MerkleIndex::of_payload)) {
    return damaged(fmt::format("{} brings a Merkle index of its own", entry.name));
  }
  entry.view = *view;
  return entry;
}

}  // namespace

Result<Bundle> Bundle::parse(ByteView content) {
  TRY(const auto header, read_header(content));
  Bundle bundle;
  bundle.content_ = content;
  auto end = kBundleHeaderBytes + header.tensors * kBundleEntryBytes;
  for (std::uint64_t i = 0; i < header.tensors; ++i) {
    const auto row = content.subspan(kBundleHeaderBytes + i * kBundleEntryBytes, kBundleEntryBytes);
    TRY(auto entry, read_entry(content, row, end));
    if (bundle.entry(entry.name) != nullptr) {
      return damaged(fmt::format("it names {} twice", entry.name));
    }
    end = entry.offset + entry.size;
    bundle.entries_.push_back(std::move(entry));
  }
  if (end != content.size()) return damaged("bytes follow its last tensor");
  return bundle;
}

std::vector<std::uint64_t> Bundle::peek_offsets(ByteView file) {
  std::vector<std::uint64_t> offsets;
  if (file.size() < kBundleHeaderBytes) return offsets;
  const auto header = detail::decode_record<detail::BundleHeader>(detail::kBundleFields, file);
  const auto room = (file.size() - kBundleHeaderBytes) / kBundleEntryBytes;
  if (as_chars(file.first(8)) != detail::kBundleMagic || header.tensors > room ||
      header.tensors > kBundleTensors) {
    return offsets;
  }
  for (std::uint64_t i = 0; i < header.tensors; ++i) {
    const auto row = file.subspan(kBundleHeaderBytes + i * kBundleEntryBytes, kBundleEntryBytes);
    offsets.push_back(detail::decode_record<detail::BundleEntry>(detail::kEntryFields, row).offset);
  }
  return offsets;
}

const Bundle::Entry* Bundle::entry(std::string_view name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.name == name; });
  return found == entries_.end() ? nullptr : &*found;
}

Result<TensorView> Bundle::find(std::string_view name) const {
  if (const auto* found = entry(name)) return found->view;
  std::string names;
  for (const auto& entry : entries_) names += (names.empty() ? "" : ", ") + entry.name;
  return fail(ErrorCode::not_found,
              fmt::format("The bundle has no tensor {}; it has {}.", name,
                          names.empty() ? "none" : names));
}

}  // namespace cambium::tensor
