#include "chain/testing/world.hpp"

#include <fmt/format.h>

#include "chain/detail/invariants.hpp"
#include "chain/key_proto.hpp"
#include "chain/modules/accounts/accounts.hpp"
#include "chain/query.hpp"
#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"
#include "schema/json.hpp"

namespace cambium::chain::testing {

namespace txpb = cambium::tx::v1;

Actor actor(const std::string& name, KeyType type) {
  const Hash secret = crypto::sha256({as_bytes("test actor"), as_bytes(name)});
  auto key = crypto::key_from_secret(type, secret);
  CHECK(key, "a hash is a good secret");
  return {name, type, std::shared_ptr<crypto::SigningKey>(std::move(*key))};
}

Step& Step::fee(std::uint64_t ucbm, std::uint64_t gas) {
  body.mutable_fee()->set_amount_ucbm(ucbm);
  body.mutable_fee()->set_gas_limit(gas);
  return *this;
}
Step& Step::payer(const Actor& who) {
  body.mutable_fee()->set_payer(who.field());
  signers.push_back(who);
  return *this;
}
Step& Step::nonce(std::uint64_t value) {
  body.set_nonce(value);
  fixed_nonce = true;
  return *this;
}
Step& Step::memo(std::string text) {
  body.set_memo(std::move(text));
  return *this;
}
Step& Step::timeout(std::uint64_t height) {
  body.set_timeout_height(height);
  return *this;
}
Step& Step::chain_id(std::string id) {
  body.set_chain_id(std::move(id));
  return *this;
}
Step& Step::ticket(std::uint64_t number) {
  body.set_ticket(number);
  return nonce(0);
}
Step& Step::unordered(std::int64_t until_ms) {
  body.set_unordered(true);
  body.set_timeout_ms(until_ms);
  return nonce(0);
}
Step& Step::by(const Actor& actor) {
  body.set_actor(actor.field());
  signers = {actor};
  return *this;
}
Step& Step::sponsor(const Actor& who) {
  body.mutable_fee()->set_sponsor(who.field());
  return *this;
}
Step& Step::signed_by(std::vector<Actor> keys) {
  signers = std::move(keys);
  return *this;
}
Step& Step::then(const Step& other) {
  for (const auto& msg : other.body.msgs()) *body.add_msgs() = msg;
  for (const auto& signer : other.signers) {
    const auto same = [&](const Actor& a) { return a.name == signer.name; };
    if (std::ranges::none_of(signers, same)) signers.push_back(signer);
  }
  return *this;
}

Step step_of(const Actor& sender, const ProtoMessage& message) {
  Step out;
  out.signers = {sender};
  out.body.set_chain_id("test-1");
  out.fee(50'000, 2'000'000);
  // By way of JSON, so that every test also walks the readable form.
  static const Registry everything = [] {
    std::vector<std::string> names;
    for (const auto& module : all_modules()) names.emplace_back(module.name);
    return *Registry::with(names);
  }();
  const auto put = msg_from_json(everything, short_name(*message.GetDescriptor()),
                                 schema::to_json(message), *out.body.add_msgs());
  CHECK(put, put ? "" : put.error().message);
  return out;
}

Step send(const Actor& from, const Address& to, std::uint64_t ucbm) {
  bank::pb::Send message;
  message.set_to(to_field(to));
  *message.mutable_coin() = bank::coin(ucbm);
  return step(from, message);
}
Step send(const Actor& from, const Actor& to, std::uint64_t ucbm) {
  return send(from, to.address(), ucbm);
}
Step burn(const Actor& from, std::uint64_t ucbm) {
  bank::pb::Burn message;
  *message.mutable_coin() = bank::coin(ucbm);
  return step(from, message);
}

v1::Genesis World::genesis(std::vector<Funds> funds, std::vector<std::string> modules) {
  bank::pb::Genesis coins;
  auto* token = coins.add_denominations();
  token->set_denom(bank::kUcbm);
  token->set_name("CBM");
  token->set_decimals(6);
  for (const auto& fund : funds) {
    auto* allocation = coins.add_allocations();
    allocation->set_account(fund.who.field());
    *allocation->mutable_coin() = bank::coin(fund.amount);
  }
  v1::Genesis genesis;
  genesis.set_chain_id("test-1");
  genesis.set_time_ms(1'700'000'000'000);
  genesis.set_initial_height(1);
  auto* part = genesis.add_modules();
  part->set_name("bank");
  part->set_state(to_string(schema::encode(coins)));
  for (const auto& name : modules) genesis.add_modules()->set_name(name);
  return genesis;
}

World::World()
    : World(genesis({{actor("alice")}, {actor("bob")}, {actor("carol")}}, {"nodes"})) {}

World::World(const v1::Genesis& genesis)
    : genesis_(genesis),
      registry_(*registry_for(genesis)),
      state_(std::make_unique<state::Overlay>(nothing_)),
      store_(state::make_memory_store()),
      time_{genesis.time_ms()} {
  tree_ = std::make_unique<state::Tree>(*state::Tree::open(*store_));
  block_.chain_id = genesis.chain_id();
  block_.height = {genesis.initial_height() - 1};
  block_.time = time_;
  block_.proposer = module_address("proposer");
  const auto diff = init_genesis(registry_, genesis);
  CHECK(diff, diff ? "" : diff.error().message);
  commit(*diff);
}

void World::commit(const state::Diff& diff) {
  state_->apply(diff);
  const auto root = tree_->stage(block_.height, state::updates_of(diff));
  CHECK(root, "a memory store takes every height");
  CHECK(tree_->commit(state::Durability::buffered), "a memory store takes every write");
  root_ = *root;
}

BlockOutcome World::block(std::vector<Bytes> txs) {
  block_.beacon_round = block_.height;
  block_.height = block_.height.next();
  time_.value += 1'000;
  block_.time = time_;
  last_ = execute_block(registry_, *state_, environment(), txs);
  EXPECT_TRUE(last_.violations.empty()) << last_.violations.front();
  commit(last_.diff);
  history_.push_back(std::move(txs));
  return last_;
}

void World::between_blocks(Privileges privileges, const std::function<void(Context&)>& work) {
  block_.beacon_round = block_.height;
  block_.height = block_.height.next();
  time_.value += 1'000;
  block_.time = time_;
  state::Overlay overlay(static_cast<const state::View&>(*state_));
  Context ctx(overlay, environment(), unmetered_);
  ctx.set_privileges(privileges);
  work(ctx);
  const auto broken = detail::violations(registry_, overlay.diff(), {ctx.allowed(), overlay});
  EXPECT_TRUE(broken.empty()) << broken.front();
  commit(overlay.diff());
}

Bytes World::bytes(Step step) {
  if (!step.fixed_nonce) step.body.set_nonce(next_nonce(step.signers.front()));
  const Bytes body = schema::encode(step.body);
  txpb::TxRaw raw;
  raw.set_body(to_string(body));
  for (const auto& signer : step.signers) {
    auto* signature = raw.add_signatures();
    *signature->mutable_key() = key_to_proto(signer.key->public_key());
    const Bytes message = signer.key_type == KeyType::secp256k1
                              ? to_bytes(sign_text(step.body, body))
                              : to_bytes(sign_digest(body).view());
    signature->set_signature(to_string(signer.key->sign(message)));
  }
  return schema::encode(raw);
}

v1::TxResult World::run(Step step) { return block({bytes(std::move(step))}).results.front(); }

void World::operator()(Step step, Expect expect) {
  const auto status = static_cast<TxStatus>(run(std::move(step)).status());
  EXPECT_EQ(name(status), name(expect.status));
}

ReadContext World::read() const { return ReadContext(*state_, {block_, verifier_}, unmetered_); }

std::uint64_t World::balance(const Address& who, const std::string& denom) const {
  return bank::kBalances.get_or_default(read(), {who, denom}).amount();
}
std::uint64_t World::spendable(const Actor& who) const {
  return bank::spendable(read(), {who.address()});
}
std::uint64_t World::supply(const std::string& denom) const {
  return bank::kSupplies.get_or_default(read(), {denom}).total();
}
std::uint64_t World::next_nonce(const Actor& who) const {
  return accounts::next_nonce(read(), who.address()).value;
}

}  // namespace cambium::chain::testing
