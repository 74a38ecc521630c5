// The application as CometBFT sees it: one answer to every kind of ABCI 2.0 request.
#pragma once

#include <functional>

#include "engine/cometbft/abci/server.hpp"
#include "engine/cometbft/checker.hpp"
#include "engine/cometbft/outcomes.hpp"
#include "engine/cometbft/snapshots/snapshot_intake.hpp"
#include "engine/cometbft/stragglers.hpp"
#include "engine/cometbft/validators.hpp"
#include "engine/cometbft/vote_extender.hpp"
#include "engine/snapshots/snapshot_writer.hpp"

namespace cambium::engine {

/// How much of the past is kept, in blocks; 0 keeps everything.
struct Pruning {
  std::uint64_t blocks = 0;  // in CometBFT
  std::uint64_t states = 0;  // here
};
/// `archive`, `default` or `light`; `invalid_input` for another name.
Result<Pruning> pruning_preset(std::string_view name);

/// All borrowed and outliving the application.
struct CometAppParts {
  CometLedger& ledger;
  Checker& checker;
  OutcomeBook& outcomes;
  SnapshotStore& snapshots;
  SnapshotWriter& snapshot_writer;
  VoteExtender* extender = nullptr;
  Pruning pruning;
};

class CometApp final : public abci::Application {
 public:
  using OnCommit = std::function<void(const BlockPtr&)>;
  using OnFatal = std::function<void(const Error&)>;
  /// `on_fatal` hears once why no further block can be executed; CometBFT gets an exception, which
  /// ends it.
  CometApp(CometAppParts parts, OnCommit on_commit, OnFatal on_fatal)
      : parts_(parts), intake_(parts.ledger), on_commit_(std::move(on_commit)),
        on_fatal_(std::move(on_fatal)) {}

  abci::Response handle(const abci::Request& request) override;

 private:
  Result<abci::Response> respond(const abci::Request& request);
  Result<abci::Response> respond_to_snapshots(const abci::Request& request);
  void info(tendermint::abci::ResponseInfo& reply) const;
  Status init_chain(const tendermint::abci::RequestInitChain& request,
                    tendermint::abci::ResponseInitChain& reply);
  void query(const tendermint::abci::RequestQuery& request,
             tendermint::abci::ResponseQuery& reply) const;
  chain::TxStatus verdict_on(const Checker::Verdict& verdict);
  void check_tx(const tendermint::abci::RequestCheckTx& request,
                tendermint::abci::ResponseCheckTx& reply);
  Status prepare(const tendermint::abci::RequestPrepareProposal& request,
                 tendermint::abci::ResponsePrepareProposal& reply);
  Status process(const tendermint::abci::RequestProcessProposal& request,
                 tendermint::abci::ResponseProcessProposal& reply);
  void extend(const tendermint::abci::RequestExtendVote& request,
              tendermint::abci::ResponseExtendVote& reply);
  void verify(const tendermint::abci::RequestVerifyVoteExtension& request,
              tendermint::abci::ResponseVerifyVoteExtension& reply);
  Status finalize(const tendermint::abci::RequestFinalizeBlock& request,
                  tendermint::abci::ResponseFinalizeBlock& reply);
  Status commit(tendermint::abci::ResponseCommit& reply);

  CometAppParts parts_;
  SnapshotIntake intake_;
  Stragglers stragglers_;
  OnCommit on_commit_;
  OnFatal on_fatal_;
};

}  // namespace cambium::engine
