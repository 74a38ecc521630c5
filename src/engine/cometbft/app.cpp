#include "engine/cometbft/app.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "base/planted_bug.hpp"
#include "crypto/sha256.hpp"
#include "engine/cometbft/abci/convert.hpp"
#include "engine/cometbft/proposals.hpp"

namespace cambium::engine {

namespace pb = tendermint::abci;
using abci::Request;
using abci::Response;
using chain::TxStatus;

namespace {

constexpr std::uint64_t kAppVersion = 1;

// Blocks are kept for longer than evidence may be old: 21 days at one block in five seconds.
constexpr Pruning kDefaultPruning{.blocks = 400'000, .states = 100'000};
// Not for validators: they could not check evidence about blocks they no longer have.
constexpr Pruning kLightPruning{.blocks = 10'000, .states = 1'000};

}  // namespace

Result<Pruning> pruning_preset(std::string_view name) {
  if (name == "archive") return Pruning{};
  if (name == "default") return kDefaultPruning;
  if (name == "light") return kLightPruning;
  return fail(ErrorCode::invalid_input,
              fmt::format("engine.pruning is `{}`; choose archive, default or light.", name));
}

Response CometApp::handle(const Request& request) {
  auto reply = respond(request);
  if (reply) return std::move(*reply);
  on_fatal_(reply.error());
  Response out;
  out.mutable_exception()->set_error(reply.error().message);
  return out;
}

Result<Response> CometApp::respond(const Request& request) {
  Response out;
  switch (request.value_case()) {
    case Request::kEcho:
      out.mutable_echo()->set_message(request.echo().message());
      break;
    case Request::kFlush: out.mutable_flush(); break;
    case Request::kInfo: info(*out.mutable_info()); break;
    case Request::kInitChain:
      TRY_STATUS(init_chain(request.init_chain(), *out.mutable_init_chain()));
      break;
    case Request::kQuery: query(request.query(), *out.mutable_query()); break;
    case Request::kCheckTx: check_tx(request.check_tx(), *out.mutable_check_tx()); break;
    case Request::kPrepareProposal:
      TRY_STATUS(prepare(request.prepare_proposal(), *out.mutable_prepare_proposal()));
      break;
    case Request::kProcessProposal:
      TRY_STATUS(process(request.process_proposal(), *out.mutable_process_proposal()));
      break;
    case Request::kExtendVote: extend(request.extend_vote(), *out.mutable_extend_vote()); break;
    case Request::kVerifyVoteExtension:
      verify(request.verify_vote_extension(), *out.mutable_verify_vote_extension());
      break;
    case Request::kFinalizeBlock:
      TRY_STATUS(finalize(request.finalize_block(), *out.mutable_finalize_block()));
      break;
    case Request::kCommit: TRY_STATUS(commit(*out.mutable_commit())); break;
    default: return respond_to_snapshots(request);
  }
  return out;
}

Result<Response> CometApp::respond_to_snapshots(const Request& request) {
  Response out;
  switch (request.value_case()) {
    case Request::kListSnapshots: {
      auto* reply = out.mutable_list_snapshots();
      for (const auto& offer : parts_.snapshots.list()) {
        auto* snapshot = reply->add_snapshots();
        snapshot->set_height(offer.height.value);
        snapshot->set_format(kSnapshotFormat);
        snapshot->set_chunks(offer.chunks);
        snapshot->set_hash(to_string(crypto::sha256(offer.metadata)));
        snapshot->set_metadata(to_string(offer.metadata));
      }
      break;
    }
    case Request::kLoadSnapshotChunk: {
      const auto& asked = request.load_snapshot_chunk();
      const auto chunk = parts_.snapshots.chunk({asked.height()}, asked.chunk());
      auto* reply = out.mutable_load_snapshot_chunk();
      if (chunk) reply->set_chunk(to_string(*chunk));
      break;
    }
    case Request::kOfferSnapshot:
      *out.mutable_offer_snapshot() = intake_.offer(request.offer_snapshot());
      break;
    case Request::kApplySnapshotChunk:
      *out.mutable_apply_snapshot_chunk() = intake_.apply(request.apply_snapshot_chunk());
      break;
    default:
      out.mutable_exception()->set_error("this application does not know that request");
  }
  return out;
}

// Height 0 asks for InitChain: so long as no block was executed the genesis is not final.
void CometApp::info(pb::ResponseInfo& reply) const {
  reply.set_data("cambium");
  reply.set_version("1");
  reply.set_app_version(kAppVersion);
  const CometHead head = parts_.ledger.head();
  if (head.height.value < parts_.ledger.genesis().initial_height()) return;
  const std::uint64_t ahead = planted(PlantedBug::wakes_a_block_ahead) ? 1 : 0;
  reply.set_last_block_height(static_cast<std::int64_t>(head.height.value + ahead));
  reply.set_last_block_app_hash(to_string(head.state_root));
}

Status CometApp::init_chain(const pb::RequestInitChain& request, pb::ResponseInitChain& reply) {
  const auto& genesis = parts_.ledger.genesis();
  const std::string wanted = fmt::format("\"{}\"", parts_.ledger.genesis_hash().hex());
  if (request.chain_id() != genesis.chain_id() ||
      request.app_state_bytes().find(wanted) == std::string::npos) {
    return fail(ErrorCode::refused,
                fmt::format("The consensus genesis is of another chain than {}: it does not name "
                            "our genesis {}. Delete its config/genesis.json to have it made anew.",
                            genesis.chain_id(), wanted));
  }
  TRY(const auto begun, parts_.ledger.init_chain());
  for (const auto& validator : set_updates(parts_.ledger.registry(), begun.diff)) {
    *reply.add_validators() = abci::to_update(validator);
  }
  reply.set_app_hash(to_string(begun.root));
  return {};
}

/// `store/key` with a raw key proves an entry; `<module>/<query>` with JSON asks a module.
void CometApp::query(const pb::RequestQuery& request, pb::ResponseQuery& reply) const {
  const auto refuse = [&](const Error& error) {
    reply.set_code(1);
    reply.set_log(error.message);
  };
  const auto& ledger = parts_.ledger;
  std::string_view path = request.path();
  if (path.starts_with('/')) path.remove_prefix(1);
  const auto view = ledger.view(Height{static_cast<std::uint64_t>(request.height())});
  if (!view) return refuse(view.error());
  reply.set_height(static_cast<std::int64_t>(view->height().value));
  if (path == "store/key") {
    const ByteView key = as_bytes(request.data());
    reply.set_key(request.data());
    if (const auto value = view->get(key)) reply.set_value(to_string(*value));
    if (!request.prove()) return;
    const auto proof = view->prove(key);
    if (!proof) return refuse(proof.error());
    auto* op = reply.mutable_proof_ops()->add_ops();
    op->set_type("ics23:smt");
    op->set_key(request.data());
    op->set_data(to_string(*proof));
    return;
  }
  const auto slash = path.find('/');
  const chain::QueryName name{path.substr(0, slash),
                              slash == path.npos ? "" : path.substr(slash + 1)};
  const auto info = ledger.next_info(ledger.head().time);
  const auto answer = chain::ask(ledger.registry(), *view, {info, ledger.verifier()}, name,
                                 request.data().empty() ? "{}" : request.data());
  if (!answer) return refuse(answer.error());
  reply.set_value(answer->json);
}

/// What the state says, unless too much waits already that cannot come next.
TxStatus CometApp::verdict_on(const Checker::Verdict& verdict) {
  if (verdict.status != TxStatus::ok || verdict.tx->loose()) return verdict.status;
  const auto turn = verdict.runs_ahead ? Arrival::Turn::later : Arrival::Turn::next;
  return stragglers_.take({verdict.state, verdict.tx->sender(), verdict.tx->nonce(),
                           turn, verdict.tx->raw.size()})
             ? TxStatus::ok
             : TxStatus::nonce_too_high;
}

void CometApp::check_tx(const pb::RequestCheckTx& request, pb::ResponseCheckTx& reply) {
  const ByteView raw = as_bytes(request.tx());
  const auto verdict = parts_.checker.check(raw);
  const auto status = verdict_on(verdict);
  const TxId id = verdict.tx ? verdict.tx->id() : chain::tx_id(raw);
  if (verdict.tx) reply.set_gas_wanted(static_cast<std::int64_t>(verdict.tx->gas()));
  if (status == TxStatus::ok) {
    if (request.type() == pb::NEW) parts_.outcomes.waits(id);
    if (parts_.extender != nullptr) parts_.extender->waits(*verdict.tx->tx);
    return;
  }
  if (parts_.extender != nullptr) parts_.extender->gone(id);
  parts_.outcomes.refused(id, status);
  const auto& text = chain::explain(status);
  reply.set_code(static_cast<std::uint32_t>(status));
  reply.set_codespace("cambium");
  reply.set_log(fmt::format("{}: {}.", text.what, text.advice));
}

Status CometApp::finalize(const pb::RequestFinalizeBlock& request,
                          pb::ResponseFinalizeBlock& reply) {
  TRY(const auto block, abci::to_block(request));
  TRY(const auto root, parts_.ledger.execute(block));
  const auto& outcome = parts_.ledger.staged();
  for (const auto& result : outcome.results) {
    *reply.add_tx_results() = abci::to_result(result);
  }
  for (const auto& update : set_updates(parts_.ledger.registry(), outcome.diff)) {
    *reply.add_validator_updates() = abci::to_update(update);
  }
  reply.set_app_hash(to_string(root));
  return {};
}

Status CometApp::commit(pb::ResponseCommit& reply) {
  TRY(const auto block, parts_.ledger.commit());
  const CometHead head = parts_.ledger.head();
  parts_.outcomes.settle(*block);
  if (parts_.extender != nullptr) {
    for (const auto& tx : block->txs) parts_.extender->gone(tx.id);
  }
  parts_.snapshot_writer.on_block({head.height, head.time, head.hash});
  on_commit_(block);
  const auto& pruning = parts_.pruning;
  if (pruning.states != 0 && head.height.value > pruning.states) {
    TRY_STATUS(parts_.ledger.prune({head.height.value - pruning.states}));
  }
  if (pruning.blocks != 0 && head.height.value > pruning.blocks) {
    reply.set_retain_height(static_cast<std::int64_t>(head.height.value - pruning.blocks));
  }
  return {};
}

}  // namespace cambium::engine
