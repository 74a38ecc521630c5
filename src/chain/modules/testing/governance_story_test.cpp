#include "chain/modules/testing/governance_story.hpp"

#include <fmt/format.h>

#include "cambium/rewards/v1/rewards.pb.h"
#include "chain/modules/governance/governance.hpp"
#include "chain/modules/modules.hpp"
#include "chain/modules/nodes/nodes.hpp"
#include "chain/query.hpp"
#include "chain/record.hpp"
#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"
#include "schema/json.hpp"

namespace cambium::chain::testing {
namespace {

template <class State>
void set_state(v1::Genesis& genesis, std::string_view module, const State& state) {
  for (auto& part : *genesis.mutable_modules()) {
    if (part.name() == module) part.set_state(to_string(schema::encode(state)));
  }
}

std::vector<Funds> funds(const GovernancePlan& plan) {
  std::vector<Funds> out;
  for (const auto* name : {"alice", "bob", "carol", "dave"}) {
    out.push_back({actor(name), cbm(300'000)});
  }
  for (int i = 1; i <= plan.validators; ++i) {
    out.push_back({actor(fmt::format("v{}", i)), cbm(150'000)});
  }
  return out;
}

spb::Genesis validators(int count) {
  spb::Genesis genesis;
  for (int i = 1; i <= count; ++i) {
    auto* validator = genesis.add_validators();
    const auto name = fmt::format("v{}", i);
    validator->set_operator_(actor(name).field());
    validator->set_consensus_key(to_string(crypto::sha256(as_bytes("consensus " + name)).view()));
    validator->set_self_bond_ucbm(cbm(100'000).ucbm);
    validator->mutable_description()->set_moniker(name);
  }
  return genesis;
}

const Registry& everything() {
  static const Registry registry = [] {
    std::vector<std::string> names;
    for (const auto& module : all_modules()) names.emplace_back(module.name);
    return *Registry::with(names);
  }();
  return registry;
}

}  // namespace

std::string stored_message(const Address& sender, const ProtoMessage& message) {
  const std::unique_ptr<ProtoMessage> sent(message.New());
  sent->CopyFrom(message);
  const auto* field = sent->GetDescriptor()->FindFieldByNumber(1);
  sent->GetReflection()->SetString(sent.get(), field, to_field(sender));
  cambium::tx::v1::Msg msg;
  const auto put = msg_from_json(everything(), short_name(*message.GetDescriptor()),
                                 schema::to_json(*sent), msg);
  CHECK(put, put ? "" : put.error().message);
  return to_string(schema::encode(msg));
}

gpb::Action message_action(const ProtoMessage& message) {
  gpb::Action action;
  action.set_message(stored_message(governance::governance_account(), message));
  return action;
}

gpb::Action param_action(const std::string& module, const std::string& field,
                         const std::string& value_json) {
  gpb::Action action;
  action.mutable_param()->set_module(module);
  action.mutable_param()->set_field(field);
  action.mutable_param()->set_value_json(value_json);
  return action;
}

gpb::Action upgrade_action(std::uint64_t height, std::uint32_t version) {
  gpb::Action action;
  action.mutable_upgrade()->set_name("second rules");
  action.mutable_upgrade()->set_height(height);
  action.mutable_upgrade()->set_rules_version(version);
  return action;
}

gpb::Action pause_action(const std::vector<std::string>& messages, std::int64_t duration_ms) {
  gpb::Action action;
  action.mutable_pause()->set_duration_ms(duration_ms);
  for (const auto& name : messages) action.mutable_pause()->add_messages(name);
  return action;
}

v1::Genesis GovernanceStory::genesis(const GovernancePlan& plan,
                                     const std::vector<StoryNode>& nodes) {
  auto money = funds(plan);
  auto first = World::genesis(money, {"nodes", "rewards", "staking", "governance", "treasury",
                                      "groups"});
  set_state(first, "staking", validators(plan.validators));
  cambium::rewards::v1::Genesis rewards;
  rewards.mutable_params()->set_emission(plan.emission);
  set_state(first, "rewards", rewards);
  // The treasury owns coins, and nodes have a past, as on a chain that has run for a while.
  auto coins = *schema::decode_as<bank::pb::Genesis>(as_bytes(first.modules(0).state()));
  auto* allocation = coins.add_allocations();
  allocation->set_account(to_field(module_address("treasury")));
  *allocation->mutable_coin() = bank::coin(plan.treasury);
  set_state(first, "bank", coins);
  if (nodes.empty()) return first;

  const Registry registry = *registry_for(first);
  const auto diff = init_genesis(registry, first);
  CHECK(diff, diff ? "" : diff.error().message);
  const auto put = [&](ByteView key, ByteView value) {
    auto* entry = first.add_entries();
    entry->set_key(to_string(key));
    entry->set_value(to_string(value));
  };
  for (const auto& change : *diff) put(change.key, *change.after);
  for (const auto& node : nodes) {
    npb::Node record;
    record.set_node_id(std::string(32, 'n'));
    record.add_roles(npb::ROLE_HOST);
    record.set_reputation_nano(node.reputation_nano);
    record.set_registered_ms(first.time_ms() - node.age_days * kStoryDayMs);
    record.set_updated_ms(record.registered_ms());
    record.set_last_heartbeat_ms(record.registered_ms());
    put(nodes::kNodes.key({actor(node.who).address()}), encode_record(record));
  }
  return first;
}

GovernanceStory::GovernanceStory(GovernancePlan plan, std::vector<StoryNode> nodes)
    : w(genesis(plan, nodes)) {
  w.seal();
  w.seal();  // the engine has been told who validates
}

void GovernanceStory::delegate(const Actor& who, const Actor& to, std::uint64_t whole_cbm) {
  spb::Delegate message;
  message.set_validator(to.field());
  message.set_amount_ucbm(cbm(whole_cbm).ucbm);
  w(step(who, message));
}

std::uint64_t GovernanceStory::propose_on(const Actor& who, gpb::Track track,
                                          const std::vector<gpb::Action>& actions, Expect expect) {
  gpb::Propose message;
  message.set_track(track);
  message.set_title("A change");
  for (const auto& action : actions) *message.add_actions() = action;
  const bool deposits = track == gpb::TRACK_STAKE || track == gpb::TRACK_TIER;
  if (deposits) message.set_deposit_ucbm(cbm(track == gpb::TRACK_STAKE ? 500 : 10).ucbm);
  w(step(who, message).fee(50'000, 10'000'000), expect);
  return governance::kTotals.get_or_default(w.read(), {}).last_proposal();
}

std::uint64_t GovernanceStory::propose(const std::vector<gpb::Action>& actions) {
  return propose_on(alice, gpb::TRACK_STAKE, actions);
}

void GovernanceStory::vote(const Actor& who, std::uint64_t proposal, gpb::Choice choice,
                           Expect expect) {
  gpb::Vote message;
  message.set_proposal(proposal);
  message.set_choice(choice);
  w(step(who, message), expect);
}

void GovernanceStory::end_vote(std::uint64_t id) {
  w.advance(proposal(id).voting_end_ms() - w.info().time.value);
  w.seal();
}

std::uint64_t GovernanceStory::pass(const std::vector<gpb::Action>& actions) {
  const std::uint64_t id = propose(actions);
  for (int i = 1; i <= 4; ++i) vote(validator(i), id, gpb::CHOICE_YES);
  end_vote(id);
  EXPECT_EQ(status_text(id), "STATUS_PASSED") << proposal(id).failure();
  return id;
}

std::uint64_t GovernanceStory::emergency(gpb::Track track, const gpb::Action& action, int votes) {
  const std::uint64_t id = propose_on(validator(1), track, {action});
  for (int i = 1; i <= votes; ++i) vote(validator(i), id, gpb::CHOICE_YES);
  return id;
}

gpb::Proposal GovernanceStory::proposal(std::uint64_t id) const {
  return governance::find(w.read(), id).value_or(gpb::Proposal{});
}

v1::Event GovernanceStory::event(std::string_view type) const {
  const auto& events = w.last().end_events;
  const auto at = std::ranges::find(events, type, [](const auto& e) { return e.type(); });
  EXPECT_NE(at, events.end()) << type;
  return at == events.end() ? v1::Event{} : *at;
}

std::string GovernanceStory::ask(std::string_view module, std::string_view name,
                                 std::string_view request) const {
  const auto answer = chain::ask(w.registry(), w.state(), w.environment(), {module, name}, request);
  EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
  return answer ? answer->json : "";
}

}  // namespace cambium::chain::testing
