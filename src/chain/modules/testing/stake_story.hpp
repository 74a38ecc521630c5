// A chain of validators without an engine: the story says who signed.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "cambium/staking/v1/staking.pb.h"
#include "chain/modules/staking/staking.hpp"
#include "chain/modules/staking/tables.hpp"
#include "chain/testing/world.hpp"

namespace cambium::chain::testing {

namespace spb = cambium::staking::v1;

inline constexpr std::int64_t kHour = 3'600'000;
inline constexpr std::int64_t kDay = 24 * kHour;

/// One validator that genesis knows.
struct First {
  std::string name;
  std::uint64_t self_bond_cbm = 100'000;
  std::uint64_t commission_percent = 10;
};
struct StakeSetup {
  std::vector<First> validators = {{"vera"}, {"vito"}, {"vlad"}};
  spb::Params params = {};
  std::vector<std::string> modules = {};
};

/// vera, vito and vlad validate with 100,000 CBM of their own each; everybody named in a story
/// owns two million CBM besides.
class StakeStory {
 public:
  explicit StakeStory(const StakeSetup& setup = {}) : StakeStory(genesis(setup)) {}
  explicit StakeStory(const v1::Genesis& genesis) : w(genesis) {}
  static v1::Genesis genesis(const StakeSetup& setup);
  /// The same name has the same key.
  static Actor consensus_key(const std::string& name);
  static Address consensus(const std::string& name);

  World w;
  Actor vera = actor("vera"), vito = actor("vito"), vlad = actor("vlad"), dora = actor("dora"),
        erin = actor("erin"), fred = actor("fred");

  Step create(const Actor& who, std::uint64_t self_bond_cbm);
  Step delegate(const Actor& who, const Actor& validator, std::uint64_t amount_cbm);
  Step undelegate(const Actor& who, const Actor& validator, std::uint64_t amount_cbm);
  Step unjail(const Actor& who);

  /// Everyone in the active set votes, but for these.
  CommitFacts votes(const std::set<std::string>& absent = {}) const;
  /// Seals a block with such votes.
  void block(const std::set<std::string>& absent = {});
  /// The engine proves that this key signed twice, in the next block.
  void double_sign(const std::string& name, Height where, TimeMs when);
  /// Blocks for that long, one an interval.
  void pass(std::int64_t ms, const std::set<std::string>& absent = {},
            std::int64_t interval_ms = kHour);

  spb::Validator record(const Actor& validator) const;
  /// What somebody has behind a validator, in ucbm.
  std::uint64_t stake(const Actor& who, const Actor& validator) const;
  std::uint64_t power(const Actor& validator) const;
  bool active(const Actor& validator) const {
    return staking::is_active(w.read(), validator.address());
  }
};

}  // namespace cambium::chain::testing
