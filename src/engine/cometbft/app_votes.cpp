// The application's part in deciding a block: proposals and vote extensions.
#include "base/log.hpp"
#include "base/planted_bug.hpp"
#include "engine/cometbft/abci/convert.hpp"
#include "engine/cometbft/app.hpp"
#include "engine/cometbft/proposals.hpp"

namespace cambium::engine {

namespace pb = tendermint::abci;

namespace {

chain::Address address_of(const std::string& bytes) {
  return chain::Address::from(as_bytes(bytes)).value_or(chain::Address{});
}

Hash hash_of(const std::string& bytes) {
  return Hash::from(as_bytes(bytes)).value_or(Hash{});
}

ExtendedCommit commit_of(const pb::ExtendedCommitInfo& commit) {
  ExtendedCommit out{static_cast<std::uint32_t>(commit.round()), {}};
  for (const auto& vote : commit.votes()) {
    out.votes.push_back({address_of(vote.validator().address()),
                         static_cast<std::uint64_t>(vote.validator().power()),
                         to_bytes(vote.vote_extension()), to_bytes(vote.extension_signature()),
                         abci::to_kind(vote.block_id_flag())});
  }
  return out;
}

PlainCommit commit_of(const pb::CommitInfo& commit) {
  PlainCommit out{static_cast<std::uint32_t>(commit.round()), {}};
  for (const auto& vote : commit.votes()) {
    out.votes.push_back({address_of(vote.validator().address()),
                         static_cast<std::uint64_t>(vote.validator().power()),
                         abci::to_kind(vote.block_id_flag())});
  }
  return out;
}

}  // namespace

Status CometApp::prepare(const pb::RequestPrepareProposal& request,
                         pb::ResponsePrepareProposal& reply) {
  auto room = static_cast<std::size_t>(std::max<std::int64_t>(0, request.max_tx_bytes()));
  const Height height{static_cast<std::uint64_t>(request.height())};
  std::optional<Bytes> first;
  if (parts_.extender != nullptr) {
    first = parts_.extender->carry(height, commit_of(request.local_last_commit()));
  }
  if (first) {
    const std::size_t taken = first->size() + kTxFrameBytes;
    room = room > taken ? room - taken : 0;
    reply.add_txs(to_string(*first));
  }
  const auto offered = abci::to_txs(request.txs());
  TRY(const auto chosen, choose_txs(parts_.ledger, parts_.checker, offered, room));
  for (const auto& tx : chosen) reply.add_txs(to_string(tx));
  return {};
}

Status CometApp::process(const pb::RequestProcessProposal& request,
                         pb::ResponseProcessProposal& reply) {
  auto txs = abci::to_txs(request.txs());
  std::optional<std::string> fault;
  const Height height{static_cast<std::uint64_t>(request.height())};
  std::span<const Bytes> ours = txs;
  if (parts_.extender != nullptr && parts_.extender->carries(height)) {
    const ByteView first = txs.empty() ? ByteView() : ByteView(txs.front());
    fault = parts_.extender->fault(height, first, commit_of(request.proposed_last_commit()));
    if (!txs.empty()) ours = ours.subspan(1);
  }
  if (!fault) {
    TRY(fault, fault_of(parts_.ledger, parts_.checker, ours));
  }
  if (fault) {
    spdlog::warn("no vote for the proposal of {} at height {}: {}",
                 to_hex(as_bytes(request.proposer_address())), request.height(), *fault);
  }
  if (planted(PlantedBug::votes_for_garbage)) fault.reset();
  reply.set_status(fault ? pb::ResponseProcessProposal::REJECT
                         : pb::ResponseProcessProposal::ACCEPT);
  return {};
}

void CometApp::extend(const pb::RequestExtendVote& request, pb::ResponseExtendVote& reply) {
  if (parts_.extender == nullptr) return;
  const auto txs = abci::to_txs(request.txs());
  const VotedBlock block{{static_cast<std::uint64_t>(request.height())}, hash_of(request.hash()),
                         address_of(request.proposer_address()), txs};
  reply.set_vote_extension(to_string(parts_.extender->extend(block)));
}

// Without an extender only the empty one is right: anything else would be carried for nothing.
void CometApp::verify(const pb::RequestVerifyVoteExtension& request,
                      pb::ResponseVerifyVoteExtension& reply) {
  using Reply = pb::ResponseVerifyVoteExtension;
  const VotedBlock block{{static_cast<std::uint64_t>(request.height())}, hash_of(request.hash())};
  const ExtendedVote vote{address_of(request.validator_address()), 0,
                          to_bytes(request.vote_extension())};
  const bool sound = parts_.extender == nullptr ? vote.extension.empty()
                                                : parts_.extender->verify(block, vote);
  reply.set_status(sound ? Reply::ACCEPT : Reply::REJECT);
}

}  // namespace cambium::engine
