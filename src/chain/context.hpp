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

/// How a validator voted on the block before this one.
struct BlockVote {
  Address validator;  // consensus address: the first 20 bytes of SHA-256 of its Ed25519 key
  std::uint64_t power = 0;
  enum class Kind : std::uint8_t { absent, nil, committed } kind = Kind::absent;
};

/// Proof of misbehaviour that the engine verified: the chain only decides what it costs.
struct Misbehaviour {
  Address validator;  // consensus address
  Height height;      // where it happened
  TimeMs time;
  std::uint64_t power = 0;  // of the validator then
};

/// What a block's proposer knew and did, as the votes on that block say.
struct InclusionFacts {
  enum class Fullness : std::uint8_t { full, had_room };
  Address proposer;             // consensus address
  Fullness fullness = Fullness::full;
  std::vector<Hash> seen;       // transactions that >= 2/3 of the power had seen before it and
                                // name in the extensions of their votes on it
  std::vector<Hash> included;   // in its block
};

/// What the engine knows about the validators; empty in a chain of one operator.
struct CommitFacts {
  std::vector<BlockVote> votes;              // on the previous block, by the engine's order
  std::vector<Misbehaviour> misbehaviour;    // found since then
  std::optional<InclusionFacts> inclusion = {};  // absent where votes carry no extension
};

/// Facts about the block under execution; the only time and randomness a handler sees.
struct BlockInfo {
  std::string chain_id;
  Height height;
  TimeMs time;
  Address proposer;  // the account that receives the tips
  Hash prev_hash;
  Bytes beacon;  // as its kind says; use `draw`
  CommitFacts commit = {};
  v1::BeaconKind beacon_kind = v1::BEACON_KIND_PROPOSER;
  Height beacon_round = {};  // threshold only: the height that was signed

  /// Randomness for a draw that block `asked` asked for, which nobody could know then; hash it
  /// with a purpose before use. Nothing: ask again in the next block.
  std::optional<ByteView> draw(Height asked) const;
};

/// What a message may do beyond moving what exists. Undeclared effects fail.
struct Privileges {
  bool may_mint = false;
  bool may_burn = false;

  Privileges operator|(const Privileges& o) const {
    return {may_mint || o.may_mint, may_burn || o.may_burn};
  }
};

enum class ScanStep : std::uint8_t { next, stop };
using ScanVisitor = std::function<ScanStep(ByteView key, ByteView value)>;

class Registry;

/// Things that live as long as the block's execution.
struct Environment {
  const BlockInfo& block;
  const crypto::SignatureVerifier& verifier;
  const Registry* registry = nullptr;  // set by the kernel's entry points, for chain/dispatch.hpp
  std::uint32_t depth = 0;             // of messages that run inside messages
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
  const Environment& environment() const { return env_; }
  const state::View& view() const { return view_; }

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

  /// For chain/dispatch.hpp: what messages run on behalf of others were allowed to do, so that the
  /// check of the whole does not hold their effects against the message that ran them.
  void widen(Privileges privileges) { dispatched_ = dispatched_ | privileges; }
  Privileges allowed() const { return privileges_ | dispatched_; }
  state::Overlay& overlay() { return overlay_; }

 private:
  state::Overlay& overlay_;
  Privileges privileges_;
  Privileges dispatched_;
  std::vector<v1::Event> events_;
};

}  // namespace cambium::chain
