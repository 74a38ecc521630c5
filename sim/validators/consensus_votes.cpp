// Vote extensions, and what a proposer could try with them.
#include <algorithm>

#include "base/check.hpp"
#include "engine/cometbft/votes/carried.hpp"
#include "schema/canonical.hpp"
#include "sim/validators/consensus.hpp"

namespace cambium::sim {

namespace pb = tendermint::abci;
using engine::abci::Request;

namespace {

constexpr std::uint64_t kGrindOneIn = 8;  // of the proposals

bool accepts(const engine::abci::Response& reply) {
  return reply.process_proposal().status() == pb::ResponseProcessProposal::ACCEPT;
}

engine::v1::CarriedVotes carried_in(const std::string& first_tx) {
  return engine::decode_carried(as_bytes(first_tx)).value_or(engine::v1::CarriedVotes{});
}

}  // namespace

std::string Consensus::extension_of(Member& member, const pb::RequestFinalizeBlock& block) {
  Request request;
  auto* extend = request.mutable_extend_vote();
  extend->set_hash(block.hash());
  extend->set_height(block.height());
  extend->set_proposer_address(block.proposer_address());
  *extend->mutable_txs() = block.txs();
  return member.replica->ask(request).extend_vote().vote_extension();
}

void Consensus::extend_votes() {
  const auto& block = blocks_.back();
  last_extended_.clear_votes();
  for (const auto& vote : last_commit_.votes()) {
    auto* out = last_extended_.add_votes();
    *out->mutable_validator() = vote.validator();
    out->set_block_id_flag(vote.block_id_flag());
    if (vote.block_id_flag() != tendermint::types::BLOCK_ID_FLAG_COMMIT) continue;
    auto* member = find(*chain::Address::from(as_bytes(vote.validator().address())));
    CHECK(member != nullptr, "somebody voted that nobody runs");
    out->set_vote_extension(extension_of(*member, block));
    const Height height{static_cast<std::uint64_t>(block.height())};
    out->set_extension_signature(to_string(member->signer->sign(engine::extension_sign_bytes(
        {chain_id_, height, 0, as_bytes(out->vote_extension())}))));
    Request request;
    auto* verify = request.mutable_verify_vote_extension();
    verify->set_hash(block.hash());
    verify->set_height(block.height());
    verify->set_validator_address(vote.validator().address());
    verify->set_vote_extension(out->vote_extension());
    const auto reply = member->replica->ask(request);
    if (reply.verify_vote_extension().status() != pb::ResponseVerifyVoteExtension::ACCEPT) {
      complain_("an honest vote extension was refused");
    }
  }
}

// The value of a round is one, whoever proposes and whichever votes it chooses; keeping it back or
// naming another is refused.
void Consensus::grind(std::size_t proposer, std::size_t judge, const Request& proposal) {
  const auto& process = proposal.process_proposal();
  if (process.txs().empty()) return;
  auto carried = carried_in(process.txs(0));
  const std::string value = carried.group_signature();
  if (value.empty()) return;
  const auto height = static_cast<std::uint64_t>(process.height());
  if (rounds_of_beacon_.emplace(height, value).first->second != value) {
    complain_("two proposers had two values of one round");
  }
  if (random_.below(kGrindOneIn) != 0) return;
  Request fewer = prepare_request(proposer);
  auto& votes = *fewer.mutable_prepare_proposal()->mutable_local_last_commit()->mutable_votes();
  auto* left_out = votes.Mutable(static_cast<int>(random_.below(std::uint64_t(votes.size()))));
  left_out->set_block_id_flag(tendermint::types::BLOCK_ID_FLAG_ABSENT);
  const auto other = members_[proposer].replica->ask(fewer).prepare_proposal();
  const std::string chosen = carried_in(other.txs(0)).group_signature();
  if (!chosen.empty() && chosen != value) complain_("leaving out a vote made another value");
  const auto refused = [&](const std::string& signature) {
    Request changed = proposal;
    carried.set_group_signature(signature);
    changed.mutable_process_proposal()->set_txs(0, to_string(schema::encode(carried)));
    return !accepts(members_[judge].replica->ask(changed));
  };
  if (!refused("")) complain_("a proposer could keep the randomness back");
  std::string another = value;
  another.back() = static_cast<char>(another.back() ^ 1);
  if (!refused(another)) complain_("a proposer could name other randomness");
}

}  // namespace cambium::sim
