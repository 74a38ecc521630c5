// What a handler may touch. Power narrows with the type: preflight gets neither of these, check
// gets a ReadContext, apply gets a Context. Every access is metered.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cambium/chain/v1/chain.pb.h"
#include "chain/gas.hpp"
#include "chain/status.hpp"
#include "crypto/keys.hpp"
#include "state/overlay.hpp"
#include "state/view.hpp"

namespace cambium::chain {

using crypto::Address;

/// Facts about the block under execution; the only time and randomness a handler sees.
struct BlockInfo {
  std::string chain_id;
  Height height;
  TimeMs time;
  Address proposer;
  Hash prev_hash;
  Bytes beacon;  // the proposer's deterministic signature; hash it with a purpose before use
};

/// What a message may do beyond moving what exists. Undeclared effects fail.
struct Privileges {
  bool may_mint = false;
  bool may_burn = false;
};

enum class ScanStep : std::uint8_t { next, stop };
using ScanVisitor = std::function<ScanStep(ByteView key, ByteView value)>;

/// Things that live as long as the block's execution.
struct Environment {
  const BlockInfo& block;
  const crypto::SignatureVerifier& verifier;
};

class ReadContext {
 public:
  ReadContext(const state::View& view, Environment env, GasMeter& gas)
      : view_(view), env_(env), gas_(gas) {}

  std::optional<Bytes> get(ByteView key) const;
  bool has(ByteView key) const { return get(key).has_value(); }
  /// Entries below `prefix` in key order, until the visitor stops or gas runs out.
  void scan(ByteView prefix, const ScanVisitor& visit) const {
    scan(state::Range{prefix, {}}, visit);
  }
  /// As `scan`, but only keys after `range.start_after`: how a bounded step goes on.
  void scan(state::Range range, const ScanVisitor& visit) const;

  const BlockInfo& block() const { return env_.block; }
  const crypto::SignatureVerifier& verifier() const { return env_.verifier; }
  /// For work that is neither storage nor a message's base price, such as verifying proofs.
  void charge(std::uint64_t gas) const { gas_.charge(gas); }
  bool out_of_gas() const { return gas_.exhausted(); }

 protected:
  const state::View& view_;
  Environment env_;
  GasMeter& gas_;
};

class Context : public ReadContext {
 public:
  Context(state::Overlay& overlay, Environment env, GasMeter& gas)
      : ReadContext(overlay, env, gas), overlay_(overlay) {}

  void put(ByteView key, ByteView value);
  void erase(ByteView key);

  using Attributes = std::initializer_list<std::pair<std::string_view, std::string>>;
  /// `type` reads "<module>.<fact>": "bank.transfer". Attribute values are text: addresses as
  /// cbm1..., hashes in hex, amounts in decimal.
  void emit(std::string_view type, Attributes attributes);

  const Privileges& privileges() const { return privileges_; }
  void set_privileges(Privileges privileges) { privileges_ = privileges; }
  std::vector<v1::Event>& events() { return events_; }

 private:
  state::Overlay& overlay_;
  Privileges privileges_;
  std::vector<v1::Event> events_;
};

}  // namespace cambium::chain
