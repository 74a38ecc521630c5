// A chain with validators, delegators and nodes who vote.
#pragma once

#include <string>
#include <vector>

#include "cambium/governance/v1/governance.pb.h"
#include "cambium/nodes/v1/nodes.pb.h"
#include "cambium/staking/v1/staking.pb.h"
#include "cambium/treasury/v1/treasury.pb.h"
#include "chain/testing/world.hpp"

namespace cambium::chain::testing {

namespace gpb = cambium::governance::v1;
namespace npb = cambium::nodes::v1;
namespace spb = cambium::staking::v1;
namespace tpb = cambium::treasury::v1;

inline constexpr std::int64_t kStoryDayMs = 86'400'000;

/// How the chain begins.
struct GovernancePlan {
  int validators = 4;              // "v1", "v2", ...; each bonds 100,000 CBM
  Amount treasury = cbm(10'000);
  bool emission = false;
};

/// A node as genesis would have it.
struct StoryNode {
  std::string who;
  std::uint64_t reputation_nano = 0;
  std::int64_t age_days = 0;
};

/// alice, bob, carol and dave own 300,000 CBM each and have bonded nothing.
class GovernanceStory {
 public:
  explicit GovernanceStory(GovernancePlan plan = {}, std::vector<StoryNode> nodes = {});

  World w;
  Actor alice = actor("alice"), bob = actor("bob"), carol = actor("carol"), dave = actor("dave");
  Actor validator(int number) const { return actor("v" + std::to_string(number)); }

  void delegate(const Actor& who, const Actor& to, std::uint64_t whole_cbm);
  /// A stake proposal by alice with the full deposit; its number.
  std::uint64_t propose(const std::vector<gpb::Action>& actions);
  std::uint64_t propose_on(const Actor& who, gpb::Track track,
                           const std::vector<gpb::Action>& actions, Expect expect = {});
  void vote(const Actor& who, std::uint64_t proposal, gpb::Choice choice, Expect expect = {});
  /// Lets the vote's window end and the count finish.
  void end_vote(std::uint64_t proposal);
  /// Proposes, has all validators say yes, and ends the vote; must pass.
  std::uint64_t pass(const std::vector<gpb::Action>& actions);
  /// An emergency that the first `votes` validators want.
  std::uint64_t emergency(gpb::Track track, const gpb::Action& action, int votes);

  gpb::Proposal proposal(std::uint64_t id) const;
  gpb::Status status(std::uint64_t id) const { return proposal(id).status(); }
  std::string status_text(std::uint64_t id) const { return gpb::Status_Name(status(id)); }
  /// The first such event of the last block's begin or end; fails the test when there is none.
  v1::Event event(std::string_view type) const;
  /// A query's answer as JSON; fails the test when there is none.
  std::string ask(std::string_view module, std::string_view name, std::string_view request) const;

 private:
  static v1::Genesis genesis(const GovernancePlan& plan, const std::vector<StoryNode>& nodes);
};

/// An action that runs this message from the governance account.
gpb::Action message_action(const ProtoMessage& message);
gpb::Action param_action(const std::string& module, const std::string& field,
                         const std::string& value_json);
gpb::Action upgrade_action(std::uint64_t height, std::uint32_t version);
gpb::Action pause_action(const std::vector<std::string>& messages, std::int64_t duration_ms = 0);

/// The canonical tx.v1.Msg of a message sent by `sender`, as proposals hold it.
std::string stored_message(const Address& sender, const ProtoMessage& message);

}  // namespace cambium::chain::testing
