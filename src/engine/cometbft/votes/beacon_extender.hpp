// Votes extended by shares of the beacon's round and by what the block left out.
#pragma once

#include "base/clock.hpp"
#include "engine/cometbft/ledger.hpp"
#include "engine/cometbft/votes/carried.hpp"
#include "engine/cometbft/votes/member.hpp"
#include "engine/cometbft/votes/waiting_txs.hpp"

namespace cambium::engine {

class BeaconExtender final : public VoteExtender {
 public:
  /// All borrowed but the identity, which need not have a secret.
  BeaconExtender(const CometLedger& ledger, const Clock& clock, BeaconIdentity identity)
      : ledger_(ledger), waiting_(clock), member_(std::move(identity)) {}

  Bytes extend(const VotedBlock& block) override;
  bool verify(const VotedBlock& block, const ExtendedVote& vote) override;
  std::optional<Bytes> carry(Height height, const ExtendedCommit& commit) override;
  bool carries(Height height) const override;
  std::optional<std::string> fault(Height height, ByteView first_tx,
                                   const PlainCommit& commit) override;
  void waits(const chain::Tx& tx) override { waiting_.waits(tx, ledger_.head().height); }
  void gone(const TxId& id) override { waiting_.gone(id); }

 private:
  struct Below;  // the state of the block that was voted on
  Result<std::unique_ptr<Below>> open(Height height) const;
  std::vector<crypto::PartialSignature> partials_of(const Below& below, ByteView extension,
                                                    const chain::Address& validator) const;
  Bytes group_signature(const Below& below, const v1::CarriedVotes& carried,
                        const PlainCommit& commit) const;
  std::optional<std::string> fault_of_votes(const Below& below, const v1::CarriedVotes& carried,
                                            const PlainCommit& commit) const;
  BlockContents contents_of(const VotedBlock& block) const;

  const CometLedger& ledger_;
  WaitingTxs waiting_;
  BeaconMember member_;
};

}  // namespace cambium::engine
