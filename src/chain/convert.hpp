// Between the byte strings of protobuf fields and the kernel's types.
#pragma once

#include <string>

#include "base/check.hpp"
#include "base/ids.hpp"
#include "crypto/keys.hpp"

namespace cambium::chain {

using crypto::Address;

inline bool is_address(const std::string& field) { return field.size() == 20; }
inline bool is_hash(const std::string& field) { return field.size() == 32; }

/// The field was checked in preflight or was written by us; anything else is our bug.
inline Address to_address(const std::string& field) {
  const auto address = Address::from(as_bytes(field));
  CHECK(address, "an address field was not checked before use");
  return *address;
}

template <class Id = Hash>
Id to_id(const std::string& field) {
  const auto id = Id::from(as_bytes(field));
  CHECK(id, "a hash field was not checked before use");
  return *id;
}

/// The bytes of an address, hash or key as a protobuf field.
inline std::string to_field(ByteView bytes) { return to_string(bytes); }

/// An account no key opens, owned by a module: "staking_pool".
Address module_address(std::string_view name);

}  // namespace cambium::chain
