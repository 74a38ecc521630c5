// The real curve behind the interface that tests replace: one group from a deal to a signature.
#include "engine/native_beacon.hpp"

#include <gtest/gtest.h>

namespace cambium::engine {
namespace {

using namespace crypto;

struct Holder {
  Bytes secret;
  ShareRange range;
  BeaconKey key;
};

class NativeBeaconGroup : public ::testing::Test {
 protected:
  NativeBeaconGroup() {
    for (auto& holder : holders) holder.key = beacon.key_of(holder.secret, context);
    for (const auto& holder : holders) to.push_back({holder.key.key, holder.range});
    deal = beacon.deal(Bytes(32, 9), context, to);
  }
  std::vector<PartialSignature> sign(const Holder& holder, ByteView message) const {
    std::vector<PartialSignature> out;
    const auto opened = beacon.open(holder.secret, {deal, context}, holder.range);
    for (const auto& share : opened.value()) {
      out.push_back({share.number, beacon.sign(share, message)});
    }
    return out;
  }

  NativeBeacon beacon;
  Bytes context = to_bytes(as_bytes("context"));
  std::vector<Holder> holders = {{Bytes(32, 1), {1, 60}, {}}, {Bytes(32, 2), {61, 40}, {}}};
  std::vector<BeaconRecipient> to;
  BeaconDeal deal;
};

TEST_F(NativeBeaconGroup, SixtySharesSignAndFortyDoNot) {
  ASSERT_TRUE(beacon.is_sound(deal, context));
  const Bytes message = to_bytes(as_bytes("round"));
  const auto sixty = sign(holders[0], message), forty = sign(holders[1], message);
  EXPECT_TRUE(beacon.verify_partials({deal.commitments, message, forty}));
  EXPECT_FALSE(beacon.combine(forty));
  const auto signature = beacon.combine(sixty);
  ASSERT_TRUE(signature);
  EXPECT_TRUE(beacon.verify({deal.commitments, message, *signature}));
  EXPECT_FALSE(beacon.verify({deal.commitments, context, *signature}));
}

TEST_F(NativeBeaconGroup, SumsOfDealsSignAsOne) {
  const auto other = beacon.deal(Bytes(32, 8), context, to);
  const auto sum = beacon.add({deal.commitments, other.commitments});
  ASSERT_TRUE(sum);
  const auto& first = holders[0];
  const std::vector<std::vector<SecretShare>> parts = {
      *beacon.open(first.secret, {deal, context}, first.range),
      *beacon.open(first.secret, {other, context}, first.range)};
  std::vector<PartialSignature> signed_by;
  for (const auto& share : beacon.sum(parts)) {
    signed_by.push_back({share.number, beacon.sign(share, context)});
  }
  EXPECT_TRUE(beacon.verify({*sum, context, *beacon.combine(signed_by)}));
  EXPECT_EQ(beacon.subtract({*sum, other.commitments}), deal.commitments);
}

TEST_F(NativeBeaconGroup, ABadShareIsShown) {
  deal.shares[75 * 32] ^= 1;
  const auto& victim = holders[1];
  EXPECT_FALSE(beacon.open(victim.secret, {deal, context}, victim.range));
  const auto opening = beacon.complain(victim.secret, {deal, context});
  EXPECT_EQ(beacon.judge({deal, context, victim.key.key, victim.range, opening.point,
                          opening.proof}),
            ComplaintVerdict::shares_are_bad);
  EXPECT_EQ(beacon.judge({deal, context, holders[0].key.key, holders[0].range, opening.point,
                          opening.proof}),
            ComplaintVerdict::unproven);
  EXPECT_TRUE(beacon.owns_key({victim.key.key, victim.key.proof, context}));
  EXPECT_FALSE(beacon.owns_key({victim.key.key, victim.key.proof, as_bytes("another")}));
}

}  // namespace
}  // namespace cambium::engine
