#include "chain/modules/testing/expert_story.hpp"

#include "chain/key_proto.hpp"
#include "chain/modules/evaluation/commitment.hpp"
#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/interchain/interchain.hpp"
#include "chain/modules/models/models.hpp"
#include "crypto/payload_tree.hpp"
#include "crypto/sha256.hpp"
#include "state/height_view.hpp"

namespace cambium::chain::testing {
namespace {

void set_state(v1::Genesis& genesis, const std::string& name, const ProtoMessage& state) {
  auto* part = genesis.add_modules();
  part->set_name(name);
  part->set_state(to_string(ByteView(schema::encode(state))));
}

ipb::Genesis clients(const std::string& other_chain) {
  const auto operator_key = key_to_proto(actor("operator").key->public_key());
  ipb::Genesis genesis;
  auto* client = genesis.add_clients();
  client->set_id(kClient);
  client->set_chain_id(other_chain);
  client->set_counterparty(kClient);
  client->set_operator_key_type(std::uint32_t(operator_key.type()));
  client->set_operator_key(operator_key.bytes());
  return genesis;
}

std::vector<Funds> everyone() {
  std::vector<Funds> funds;
  for (const char* name : {"alice", "bob", "carol", "dora", "erin", "fred"}) {
    funds.push_back({actor(name), cbm(1'000'000)});
  }
  return funds;
}

v1::Genesis compute_genesis() {
  auto genesis = World::genesis(everyone());
  genesis.set_chain_id("compute-test");
  mpb::Genesis models;
  models.mutable_params()->add_authorities(actor("alice").field());
  set_state(genesis, "models", models);
  epb::Genesis evaluation;
  evaluation.mutable_params()->set_committee_size(1);
  evaluation.mutable_params()->set_min_tokens(1'000);
  evaluation.mutable_params()->set_reveal_blocks(20);
  evaluation.mutable_params()->set_evaluation_commit_blocks(10);
  evaluation.mutable_params()->set_evaluation_reveal_blocks(10);
  evaluation.mutable_params()->set_reward_client(kClient);
  set_state(genesis, "evaluation", evaluation);
  set_state(genesis, "rewards", rpb::Genesis());
  set_state(genesis, "interchain", clients("utility-test"));
  dpb::Genesis datasets;
  datasets.mutable_params()->set_source_client(kClient);
  set_state(genesis, "datasets", datasets);
  return genesis;
}

v1::Genesis utility_genesis() {
  auto funds = everyone();
  funds.push_back({actor("community"), cbm(994'000'000)});  // a billion in all
  auto genesis = World::genesis(funds);
  genesis.set_chain_id("utility-test");
  rpb::Genesis rewards;
  rewards.mutable_params()->set_emission(true);
  rewards.mutable_params()->set_reward_client(kClient);
  set_state(genesis, "rewards", rewards);
  set_state(genesis, "interchain", clients("compute-test"));
  dpb::Genesis datasets;
  datasets.mutable_params()->add_authorities(actor("alice").field());
  datasets.mutable_params()->add_clients(kClient);
  set_state(genesis, "datasets", datasets);
  return genesis;
}

mpb::MetaRules nano_rules() {
  mpb::MetaRules rules;
  rules.set_model("nano");
  rules.mutable_version()->set_major(1);
  auto* shape = rules.mutable_architecture();
  shape->set_vocab(64);
  shape->set_d_model(8);
  shape->set_layers(2);
  shape->set_experts(2);
  shape->set_top_k(2);
  rules.mutable_router()->set_min_experts(2);
  rules.mutable_router()->set_max_experts(4);
  rules.mutable_router()->set_max_payload_bytes(1 << 20);
  rules.mutable_router()->set_max_parent_age_versions(3);
  rules.set_tokenizer_root(digest("tokenizer"));
  for (const char* name : {"code", "law"}) {
    auto* slice = rules.add_slices();
    slice->set_name(name);
    slice->set_public_root(digest("public"));
    slice->set_hidden_root(digest("hidden"));
  }
  return rules;
}

mpb::BlockHeader header_of(const Actor& who, const std::string& name) {
  mpb::BlockHeader header;
  header.set_chain("B");
  header.set_model("nano");
  header.set_name(name);
  header.set_type(mpb::BLOCK_TYPE_EXPERT);
  header.set_payload_type(mpb::PAYLOAD_TYPE_TENSORBLOCK);
  header.set_payload_root(digest(name));
  header.set_payload_bytes(1000);
  header.set_account(who.field());
  header.set_key_type(1);
  header.set_key(to_string(ByteView(who.key->public_key().bytes)));
  return header;
}

std::string bytes_of(const ProtoMessage& message) {
  return to_string(ByteView(schema::encode(message)));
}

}  // namespace

std::string digest(std::string_view of) {
  return to_string(crypto::sha256(as_bytes(of)).view());
}

ExpertStory::ExpertStory() : compute(compute_genesis()), utility(utility_genesis()) {}

void ExpertStory::on(World& world, Step step, Expect expect) {
  world(step.chain_id(world.info().chain_id), expect);
}

void ExpertStory::open_model() {
  const auto rules = bytes_of(nano_rules());
  auto meta = header_of(owner, "meta");
  meta.set_chain("A");
  meta.set_type(mpb::BLOCK_TYPE_META);
  meta.set_payload_type(mpb::PAYLOAD_TYPE_RULES);
  meta.set_payload_root(to_string(crypto::payload_root(as_bytes(rules)).view()));
  meta.set_payload_bytes(rules.size());
  mpb::PublishMeta open;
  open.set_header(bytes_of(meta));
  open.set_rules(rules);
  on(compute, step(owner, open));

  mpb::PublishAnchor anchor;
  anchor.set_model("nano");
  for (const char* name : {"layer0.expert0", "layer0.expert1", "layer1.expert0",
                           "layer1.expert1"}) {
    auto header = header_of(owner, name);
    header.set_layer(name[5] == '1' ? 1 : 0);
    header.set_meta(model().meta());
    anchor.add_headers(bytes_of(header));
  }
  on(compute, step(owner, anchor));
}

void ExpertStory::bond(const Actor& who) { on(compute, step(who, epb::BondEvaluator())); }

std::string ExpertStory::lease(const Actor& who, std::uint32_t layer) {
  mpb::LeaseSlot lease;
  lease.set_model("nano");
  lease.set_layer(layer);
  on(compute, step(who, lease));
  for (const auto& event : compute.last().results.front().events()) {
    if (event.type() == "models.slot_leased") return event.attributes(1).value();
  }
  return {};
}

mpb::BlockHeader ExpertStory::expert(const Actor& who, const std::string& name,
                                     const std::string& payload) {
  auto header = header_of(who, name);
  header.set_layer(std::uint32_t(name[5] - '0'));
  header.set_payload_root(digest(payload));
  header.set_meta(model().meta());
  header.set_base_head(model().index_root());
  header.set_lineage_root(digest("lineage"));
  return header;
}

Offer ExpertStory::offer(const Actor& who, const std::string& name, const std::string& payload) {
  return {{expert(who, name, payload)}, 1, *Hash::from(as_bytes(digest(payload)))};
}

std::uint64_t ExpertStory::commit(const Actor& who, const Offer& offer, Expect expect) {
  std::vector<Hash> roots;
  for (const auto& header : offer.headers) roots.push_back(to_id(header.payload_root()));
  epb::CommitCandidate commit;
  commit.set_model("nano");
  commit.set_commitment(to_field(evaluation::candidate_commitment(
      {"compute-test", who.address(), evaluation::bundle_root(roots), offer.declared_gain_nano,
       offer.salt})));
  on(compute, step(who, commit), expect);
  return evaluation::kCounter.get_or_default(compute.read(), {}).last();
}

void ExpertStory::reveal(const Actor& who, std::uint64_t candidate, const Offer& offer,
                         Expect expect) {
  epb::RevealCandidate reveal;
  reveal.set_candidate(candidate);
  reveal.set_target_slice("code");
  reveal.set_declared_gain_nano(offer.declared_gain_nano);
  reveal.set_salt(to_field(offer.salt));
  for (const auto& header : offer.headers) {
    reveal.add_headers(bytes_of(header));
    reveal.add_lineage("lineage");
  }
  for (const auto& name : offer.datasets) {
    auto* share = reveal.add_datasets();
    share->set_dataset(name);
    share->set_samples(10);
  }
  on(compute, step(who, reveal), expect);
}

void ExpertStory::measure(const Actor& who, std::uint64_t id, const epb::Report& report) {
  const auto attempt = candidate(id).attempt();
  const Hash salt = *Hash::from(as_bytes(digest(who.name)));
  epb::CommitEvaluation commit;
  commit.set_candidate(id);
  commit.set_attempt(attempt);
  commit.set_commitment(
      to_field(evaluation::evaluation_commitment({id, attempt, who.address(), salt}, report)));
  on(compute, step(who, commit));
  epb::RevealEvaluation reveal;
  reveal.set_candidate(id);
  reveal.set_attempt(attempt);
  *reveal.mutable_report() = report;
  reveal.set_salt(to_field(salt));
  on(compute, step(who, reveal));
}

epb::Report ExpertStory::report(const Measured& measured) const {
  epb::Report out;
  out.set_head(model().index_root());
  out.mutable_gate()->set_reason(epb::REASON_NONE);
  const std::pair<std::string, std::int64_t> columns[] = {{"code", measured.code_public},
                                                          {"code", measured.code_hidden},
                                                          {"law", measured.law_public},
                                                          {"law", measured.law_hidden}};
  for (const auto& [name, milli] : columns) {
    const std::int64_t gain = milli * kMilliNat;
    auto* slice = out.add_slices();
    slice->set_half(out.slices_size() % 2 == 1 ? epb::HALF_PUBLIC : epb::HALF_HIDDEN);
    slice->set_slice(name);
    slice->set_sequences(100);
    slice->set_tokens(12'800);
    slice->set_sum_gain_nano(gain * 100);
    const auto magnitude = u128(gain < 0 ? -gain : gain);
    const auto squares = 100 * (magnitude * magnitude + u128(kMilliNat) * kMilliNat);
    slice->set_sum_squares_high(std::uint64_t(squares >> 64));
    slice->set_sum_squares_low(std::uint64_t(squares));
    slice->set_incumbent_loss_nano(5'000 * kMilliNat);
    slice->set_candidate_loss_nano(std::uint64_t(5'000 * kMilliNat - gain));
    slice->set_losses_root(digest("losses"));
  }
  return out;
}

epb::Report ExpertStory::gate_refusal(epb::Reason reason) const {
  epb::Report out;
  out.set_head(model().index_root());
  out.mutable_gate()->set_reason(reason);
  out.mutable_gate()->set_measured_nano(990 * kMilliNat);
  out.mutable_gate()->set_limit_nano(950 * kMilliNat);
  return out;
}

epb::Candidate ExpertStory::story(const Actor& who, const Offer& offer,
                                  const epb::Report& report) {
  const auto id = commit(who, offer);
  reveal(who, id, offer);
  compute.seal();  // the beacon of the next block draws the committee
  measure(evaluator, id, report);
  return candidate(id);
}

epb::Candidate ExpertStory::candidate(std::uint64_t id) const {
  return evaluation::kCandidates.get_or_default(compute.read(), {id});
}

mpb::Model ExpertStory::model() const {
  return models::kModels.get_or_default(compute.read(), {"nano"});
}

ipb::SignedHeader ExpertStory::header(const World& world, const Actor& by) const {
  v1::Header header;
  header.set_chain_id(world.info().chain_id);
  header.set_height(world.height().value + 1);
  header.set_time_ms(world.info().time.value + 1);
  header.set_prev_hash(digest("previous"));
  header.set_state_root(to_field(world.root()));
  header.set_tx_root(digest("txs"));
  header.set_results_root(digest("results"));
  *header.mutable_proposer() = key_to_proto(by.key->public_key());
  header.set_beacon("beacon");
  const auto signed_header = sign_header(header, *by.key);
  ipb::SignedHeader out;
  out.set_header(signed_header.header());
  out.set_signature(signed_header.signature());
  return out;
}

ipb::UpdateClient ExpertStory::update(const World& from, const Actor& by) const {
  ipb::UpdateClient update;
  update.set_client(kClient);
  *update.mutable_header() = header(from, by);
  return update;
}

std::vector<ipb::Packet> ExpertStory::pending(const World& world) const {
  std::vector<ipb::Packet> packets;
  interchain::kSent.scan(world.read(), interchain::kSent.prefix(kClient),
                         [&](const auto&, const ipb::Packet& packet) {
                           packets.push_back(packet);
                           return ScanStep::next;
                         });
  return packets;
}

namespace {

std::string proof_of(const World& world, const Bytes& key) {
  const auto view = state::HeightView::open_latest(world.store());
  CHECK(view, "a world has committed its genesis");
  const auto proof = view->prove(key);
  CHECK(proof, "a world's state is not empty");
  return to_string(ByteView(*proof));
}

}  // namespace

ipb::RecvPacket ExpertStory::delivery(const World& from, const ipb::Packet& packet) const {
  ipb::RecvPacket out;
  *out.mutable_packet() = packet;
  out.set_proof(proof_of(from, interchain::path_key(interchain::Path::commitment,
                                                    {kClient, packet.sequence()})));
  out.set_proof_height(from.height().value + 1);
  return out;
}

std::string ExpertStory::absence_proof(const World& world, std::uint64_t sequence) const {
  return proof_of(world, interchain::path_key(interchain::Path::receipt, {kClient, sequence}));
}

void ExpertStory::relay(World& from, World& to) {
  on(to, step(relayer, update(from, operator_)));
  const auto packets = pending(from);
  for (const auto& packet : packets) on(to, step(relayer, delivery(from, packet)));
  if (packets.empty()) return;
  on(from, step(relayer, update(to, operator_)));
  const auto height = to.height().value + 1;
  for (const auto& packet : packets) {
    ipb::Acknowledge ack;
    *ack.mutable_packet() = packet;
    const auto stored =
        interchain::kAcks.get_or_default(to.read(), {kClient, packet.sequence()});
    *ack.mutable_acknowledgements() = stored.items();
    ack.set_proof(proof_of(to, interchain::path_key(interchain::Path::acknowledgement,
                                                    {kClient, packet.sequence()})));
    ack.set_proof_height(height);
    on(from, step(relayer, ack));
  }
}

}  // namespace cambium::chain::testing
