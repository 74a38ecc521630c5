#include "chain/modules/nodes/nodes.hpp"

#include "chain/testing/world.hpp"

namespace cambium::chain::testing {
namespace {

namespace pb = cambium::nodes::v1;

const Actor alice = actor("alice");
const Actor bob = actor("bob");

pb::Register valid() {
  pb::Register msg;
  msg.set_node_id(std::string(32, 'n'));
  msg.add_roles(pb::ROLE_TRAINER);
  msg.add_roles(pb::ROLE_HOST);
  msg.mutable_capabilities()->set_cpu_cores(2);
  msg.add_supported_chains("test-1");
  return msg;
}

Step register_node(const Actor& who) { return step(who, valid()); }
Step heartbeat(const Actor& who) { return step(who, pb::Heartbeat{}).fee(0, 100'000); }

TEST(Nodes, ANodeRegistersOnceAndLeaves) {  // V/ID-01, V/ID-02
  World w;
  w(register_node(alice));
  w(register_node(alice), fails(node_already_registered));
  w(step(alice, pb::Deregister{}));
  w(step(alice, pb::Deregister{}), fails(node_not_registered));
  w(register_node(alice));
}

TEST(Nodes, HeartbeatsAreFreeButNotTooOften) {
  World w;
  w(register_node(alice));
  const auto before = w.balance(alice);
  w(heartbeat(alice), fails(heartbeat_too_soon));
  w.advance(60'000);
  w(heartbeat(alice));
  w(heartbeat(bob), fails(node_not_registered));
  EXPECT_EQ(w.balance(alice), before);
  EXPECT_EQ(w.next_nonce(bob), 0u) << "a refused free message leaves no trace";
}

TEST(Nodes, TheFreeQuotaIsSixtyAnHour) {
  World w;
  w(register_node(alice));
  std::map<std::string, int> seen;
  for (int i = 0; i < 70; ++i) {
    w.advance(59'000);  // 60 s with the block's own second
    seen[std::string(name(static_cast<TxStatus>(w.run(heartbeat(alice)).status())))]++;
  }
  EXPECT_EQ(seen["ok"], 70) << "one a minute never meets the quota";
}

TEST(Nodes, RegisterRefusesInThisOrder) {
  World w;
  auto msg = valid();
  msg.set_node_id("short");
  msg.set_geographic_location(std::string(65, 'x'));
  msg.clear_roles();
  w(step(alice, msg), fails(bad_hash));
  msg.set_node_id(std::string(32, 'n'));
  w(step(alice, msg), fails(field_too_long));
  msg.set_geographic_location("DE");
  w(step(alice, msg), fails(field_out_of_range));
  msg.add_roles(pb::ROLE_HOST);
  msg.add_roles(pb::ROLE_HOST);
  w(step(alice, msg), fails(field_out_of_range));
}

}  // namespace
}  // namespace cambium::chain::testing
