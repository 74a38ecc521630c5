#include "node/offer.hpp"

#include <fmt/format.h>

#include "base/crash_point.hpp"
#include "chain/modules/evaluation/commitment.hpp"
#include "chain/modules/models/block_header.hpp"
#include "chain/modules/models/light_work.hpp"
#include "crypto/payload_tree.hpp"
#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"

namespace cambium::node {
namespace {

namespace evaluation = chain::evaluation;
namespace models = chain::models;

const CrashPoint kAfterLease("node.offer.after_lease");
const CrashPoint kAfterCommit("node.offer.after_commit");
const CrashPoint kAfterPublish("node.offer.after_publish");
const CrashPoint kAfterReveal("node.offer.after_reveal");

std::string text(ByteView bytes) { return to_string(bytes); }

/// A function of key and payload, so that a restart finds the same opening without keeping it.
Hash salt_of(const crypto::SigningKey& key, const Hash& root) {
  const Hash purpose = crypto::sha256({as_bytes("cambium/candidate-salt/v1"), root});
  return crypto::sha256(key.sign(purpose));
}

models::pb::BlockHeader header_of(const ModelHead& head, const OfferedExpert& expert,
                                  const crypto::SigningKey& key) {
  const auto& public_key = key.public_key();
  const std::string name = model::to_text(expert.name);
  models::pb::BlockHeader out;
  out.set_chain("B");
  out.set_model(head.model.id());
  out.set_type(models::pb::BLOCK_TYPE_EXPERT);
  out.set_name(name);
  out.set_layer(expert.name.layer);
  const auto router = head.blocks.find(fmt::format("layer{}.router", expert.name.layer));
  if (router != head.blocks.end()) out.add_depends_on(text(router->second));
  if (const auto parent = head.blocks.find(name); parent != head.blocks.end()) {
    out.set_parent(text(parent->second));
    out.add_depends_on(text(parent->second));
  }
  out.set_payload_type(models::pb::PAYLOAD_TYPE_TENSORBLOCK);
  out.set_payload_root(text(crypto::payload_root(expert.content)));
  out.set_payload_bytes(expert.content.size());
  out.set_meta(head.model.meta());
  out.set_base_head(text(head.index_root));
  out.set_account(text(crypto::address_of(public_key)));
  out.set_key_type(static_cast<std::uint32_t>(public_key.type));
  out.set_key(text(public_key.bytes));
  out.set_lineage_root(text(crypto::sha256(schema::encode(expert.lineage))));
  return out;
}

struct Opening {
  Hash root;
  Hash salt;
  Hash commitment;
};

Opening opening_of(TrainerBackend& backend, const Offer& offer) {
  std::vector<Hash> roots;
  for (const auto& expert : offer.experts) roots.push_back(crypto::payload_root(expert.content));
  Opening out;
  out.root = evaluation::bundle_root(roots);
  out.salt = salt_of(backend.key(), out.root);
  out.commitment = evaluation::candidate_commitment(
      {backend.chain_id(), crypto::address_of(backend.key().public_key()), out.root,
       offer.declared_gain_nano, out.salt});
  return out;
}

Result<evaluation::pb::Candidate> expect_candidate(TrainerBackend& backend,
                                                   const Hash& commitment) {
  TRY(auto found, backend.find(commitment));
  if (found) return *found;
  return fail(ErrorCode::not_found, "The chain has lost the candidate; its state is damaged.");
}

Status commit(TrainerBackend& backend, const Offer& offer, const Opening& opening) {
  TRY(auto bits, backend.work_bits());
  auto nonce = models::find_work(opening.commitment, bits, {});
  if (!nonce) return fail(ErrorCode::unavailable, "No proof-of-work was found; try again.");
  engine::TxMsg msg;
  auto* commit = msg.mutable_evaluation()->mutable_commit_candidate();
  commit->set_sender(text(crypto::address_of(backend.key().public_key())));
  commit->set_model(offer.model);
  commit->set_commitment(text(opening.commitment));
  commit->set_work_nonce(*nonce);
  TRY(auto outcome, backend.send({msg}));
  static_cast<void>(outcome);
  kAfterCommit.pass();
  return {};
}

void count_datasets(const Offer& offer, evaluation::pb::RevealCandidate& reveal) {
  if (offer.experts.empty()) return;
  for (const auto& used : offer.experts.front().lineage.datasets()) {
    auto* share = reveal.add_datasets();
    share->set_dataset(used.id() + "@" + used.version());
    share->set_samples(used.samples());
  }
}

Status reveal(TrainerBackend& backend, const Offer& offer, const Opening& opening,
              std::uint64_t candidate) {
  TRY(auto head, backend.head(offer.model));
  engine::TxMsg msg;
  auto* reveal = msg.mutable_evaluation()->mutable_reveal_candidate();
  reveal->set_sender(text(crypto::address_of(backend.key().public_key())));
  reveal->set_candidate(candidate);
  reveal->set_target_slice(offer.target_slice);
  reveal->set_declared_gain_nano(offer.declared_gain_nano);
  reveal->set_salt(text(opening.salt));
  for (const auto& expert : offer.experts) {
    reveal->add_headers(text(schema::encode(header_of(head, expert, backend.key()))));
    reveal->add_lineage(text(schema::encode(expert.lineage)));
  }
  count_datasets(offer, *reveal);
  TRY(auto outcome, backend.send({msg}));
  static_cast<void>(outcome);
  kAfterReveal.pass();
  return {};
}

bool decided(const evaluation::pb::Candidate& candidate) {
  return candidate.status() == evaluation::pb::CANDIDATE_STATUS_ACCEPTED ||
         candidate.status() == evaluation::pb::CANDIDATE_STATUS_REJECTED;
}

}  // namespace

Result<evaluation::pb::Candidate> offer_candidate(TrainerBackend& backend, const Offer& offer,
                                                  const OnOfferStep& on_step) {
  const Opening opening = opening_of(backend, offer);
  TRY(auto known, backend.find(opening.commitment));
  if (!known) {
    on_step("commit");
    TRY_STATUS(commit(backend, offer, opening));
  }
  TRY(auto candidate, expect_candidate(backend, opening.commitment));
  if (candidate.status() == evaluation::pb::CANDIDATE_STATUS_COMMITTED) {
    on_step("window");
    // One more block than the window: simulation and inclusion must both lie behind it.
    for (std::uint64_t left = candidate.opens_height() - candidate.committed_height() + 1;
         left > 0; --left) {
      TRY_STATUS(backend.next_block(TrainerBackend::Pace::hurry));
    }
    on_step("publish");
    for (const auto& expert : offer.experts) {
      TRY_STATUS(backend.put_payload(crypto::payload_root(expert.content), expert.content));
    }
    kAfterPublish.pass();
    on_step("reveal");
    TRY_STATUS(reveal(backend, offer, opening, candidate.id()));
  }
  on_step("measure");
  for (;;) {
    TRY(candidate, expect_candidate(backend, opening.commitment));
    if (decided(candidate)) return candidate;
    TRY_STATUS(backend.next_block(TrainerBackend::Pace::wait));
  }
}

Result<std::vector<model::ExpertName>> lease_slots(TrainerBackend& backend,
                                                   const std::string& model,
                                                   const std::vector<std::uint32_t>& layers) {
  std::vector<model::ExpertName> out;
  for (const std::uint32_t layer : layers) {
    std::optional<model::ExpertName> slot;
    for (int attempt = 0; attempt < 2 && !slot; ++attempt) {
      TRY(auto leases, backend.leases(model));
      for (const auto& lease : leases) {
        auto name = model::parse_expert_name(lease.name());
        if (name && name->layer == layer && !slot) slot = *name;
      }
      if (slot || attempt == 1) break;
      engine::TxMsg msg;
      auto* ask = msg.mutable_models()->mutable_lease_slot();
      ask->set_sender(text(crypto::address_of(backend.key().public_key())));
      ask->set_model(model);
      ask->set_layer(layer);
      TRY(auto outcome, backend.send({msg}));
      static_cast<void>(outcome);
      kAfterLease.pass();
    }
    if (!slot) return fail(ErrorCode::refused, fmt::format("No slot of layer {} is free.", layer));
    out.push_back(*slot);
  }
  return out;
}

}  // namespace cambium::node
