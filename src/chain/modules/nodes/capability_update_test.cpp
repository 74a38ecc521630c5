#include "chain/modules/nodes/nodes.hpp"
#include "chain/testing/world.hpp"

namespace cambium::chain::testing {
namespace {

namespace pb = cambium::nodes::v1;

const Actor alice = actor("alice");

pb::CapabilityUpdate update(std::uint32_t cores) {
  pb::CapabilityUpdate message;
  message.add_roles(pb::ROLE_STORER);
  message.mutable_capabilities()->set_cpu_cores(cores);
  return message;
}

pb::Register registration() {
  pb::Register message;
  message.set_node_id(std::string(32, 'n'));
  message.add_roles(pb::ROLE_HOST);
  return message;
}

TEST(CapabilityUpdate, ReplacesWhatWasDeclared) {  // V/ID-03
  World w;
  w(step(alice, registration()));
  w(step(alice, update(64)));
  const auto node = nodes::kNodes.get(w.read(), {alice.address()});
  EXPECT_EQ(node->capabilities().cpu_cores(), 64u);
  EXPECT_EQ(node->roles(0), pb::ROLE_STORER);
  EXPECT_GT(node->updated_ms(), node->registered_ms());
}

TEST(CapabilityUpdate, RefusesInThisOrder) {
  World w;
  auto message = update(1);
  message.add_roles(pb::ROLE_HOST);  // not ascending
  message.mutable_capabilities()->add_specializations(std::string(65, 'x'));
  w(step(alice, message), fails(field_out_of_range));
  message.mutable_roles()->RemoveLast();
  w(step(alice, message), fails(field_too_long));
  w(step(alice, update(1)), fails(node_not_registered));
}

}  // namespace
}  // namespace cambium::chain::testing
