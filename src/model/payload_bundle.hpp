// A payload as a model holds it: mapped from the store, or built in this process's memory.
#pragma once

#include <memory>
#include <string_view>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "tensor/bundle.hpp"
#include "tensor/mapped_bundle.hpp"

namespace cambium::model {

/// Immutable and shared between snapshots of a model; the last one to let go unmaps it.
class PayloadBundle {
 public:
  /// Weights stay where the file is mapped.
  static std::shared_ptr<const PayloadBundle> mapped(
      std::unique_ptr<const tensor::MappedBundle> bundle);
  /// Takes one aligned copy: for payloads a trainer has just made, and tests.
  static Result<std::shared_ptr<const PayloadBundle>> in_memory(ByteView content);

  virtual ~PayloadBundle() = default;
  virtual const tensor::Bundle& bundle() const = 0;
  virtual const Hash& root() const = 0;
  /// Hashes what has not been hashed yet against the root; touches every page.
  virtual Status verify() const = 0;
  /// The same for the 256 KiB sub-tiles that one tensor lies in.
  virtual Status verify(std::string_view tensor) const = 0;
  /// Pages of the content that this process has touched; 0 for memory of its own.
  virtual Result<std::uint64_t> touched_pages() const = 0;
};

using SharedPayload = std::shared_ptr<const PayloadBundle>;

}  // namespace cambium::model
