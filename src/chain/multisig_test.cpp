// Shared accounts: weights of members reach a threshold, and nothing else opens them.
#include "chain/multisig.hpp"

#include "chain/key_proto.hpp"
#include "chain/modules/accounts/accounts.hpp"
#include "chain/testing/world.hpp"

namespace cambium::chain::testing {
namespace {

namespace pb = cambium::tx::v1;

const Actor alice = actor("alice");
const Actor bob = actor("bob");
const Actor carol = actor("carol");

struct Member {
  Actor who;
  std::uint64_t weight;
};

/// Signs with some of the members, as their wallets would together.
class SharedKey : public crypto::SigningKey {
 public:
  SharedKey(std::vector<Member> members, std::uint64_t threshold, std::vector<std::string> signing)
      : members_(std::move(members)), signing_(std::move(signing)) {
    std::sort(members_.begin(), members_.end(), [](const Member& a, const Member& b) {
      return a.who.key->public_key().bytes < b.who.key->public_key().bytes;
    });
    pb::MultisigPolicy policy;
    policy.set_threshold(threshold);
    for (const auto& member : members_) {
      auto* out = policy.add_members();
      *out->mutable_key() = key_to_proto(member.who.key->public_key());
      out->set_weight(member.weight);
    }
    key_ = {crypto::KeyType::multisig, schema::encode(policy)};
  }
  const crypto::PublicKey& public_key() const override { return key_; }
  Bytes sign(ByteView message) const override {
    pb::MultisigSignature out;
    for (std::uint32_t i = 0; i < members_.size(); ++i) {
      const auto& who = members_[i].who;
      if (std::ranges::find(signing_, who.name) == signing_.end()) continue;
      auto* part = out.add_members();
      part->set_member(i);
      part->set_signature(to_string(who.key->sign(message)));
    }
    return schema::encode(out);
  }
  Bytes secret() const override { return {}; }

 private:
  std::vector<Member> members_;
  std::vector<std::string> signing_;
  crypto::PublicKey key_;
};

Actor shared(std::vector<std::string> signing, std::uint64_t threshold = 2) {
  return {"shared", crypto::KeyType::multisig,
          std::make_shared<SharedKey>(std::vector<Member>{{alice, 1}, {bob, 1}, {carol, 2}},
                                      threshold, std::move(signing))};
}

TEST(Multisig, WeightsReachTheThreshold) {
  World w;
  w(send(alice, shared({}).address(), cbm(10).ucbm));
  w(send(shared({"alice", "bob"}), carol, 1));
  w(send(shared({"carol"}), alice, 1));
  w(send(shared({"alice"}), carol, 1), fails(bad_signature));
  w(send(shared({}), carol, 1), fails(bad_signature));
}

TEST(Multisig, EveryMembersSignatureIsVerified) {
  World w;
  w(send(alice, shared({}).address(), cbm(10).ucbm));
  Bytes raw = w.bytes(send(shared({"alice", "bob"}), carol, 1));
  raw.back() ^= 1;  // the last byte of the last member's signature
  EXPECT_EQ(w.block({raw}).results[0].status(), std::uint32_t(bad_signature));
}

TEST(Multisig, AnotherPolicyIsAnotherAccount) {
  EXPECT_NE(shared({}, 2).address(), shared({}, 3).address());
}

TEST(Multisig, AnAccountMayBecomeShared) {
  World w;
  accounts::pb::RotateKey rotate;
  *rotate.mutable_new_key() = key_to_proto(shared({}).key->public_key());
  w(step(alice, rotate));
  w(send(alice, bob, 1), fails(key_mismatch));
  w(send(alice, bob, 1).nonce(w.next_nonce(alice)).signed_by({shared({"carol"})}));
}

TEST(Multisig, UnsoundPoliciesAreRefused) {
  const auto with = [](auto change) {
    pb::MultisigPolicy policy;
    EXPECT_TRUE(schema::decode(shared({}).key->public_key().bytes, policy));
    change(policy);
    return is_sound_policy(schema::encode(policy));
  };
  EXPECT_TRUE(with([](auto&) {}));
  EXPECT_FALSE(with([](auto& p) { p.set_threshold(5); }));
  EXPECT_FALSE(with([](auto& p) { p.set_threshold(0); }));
  EXPECT_FALSE(with([](auto& p) { p.mutable_members(0)->set_weight(0); }));
  EXPECT_FALSE(with([](auto& p) { p.mutable_members()->SwapElements(0, 1); }));
  EXPECT_FALSE(with([](auto& p) { *p.add_members() = p.members(2); }));
  EXPECT_FALSE(with([](auto& p) { p.clear_members(); }));
}

}  // namespace
}  // namespace cambium::chain::testing
