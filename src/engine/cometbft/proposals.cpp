#include "engine/cometbft/proposals.hpp"

#include <fmt/format.h>

#include "base/planted_bug.hpp"
#include "chain/records.hpp"

namespace cambium::engine {
namespace {

chain::v1::Params params_of(const state::View& view) {
  const auto bytes = view.get(chain::kParams.key({}));
  return bytes ? chain::kParams.decoded(*bytes) : chain::default_params();
}

}  // namespace

Result<std::vector<Bytes>> choose_txs(const CometLedger& ledger, Checker& checker,
                                      std::span<const Bytes> offered, std::size_t max_bytes) {
  TRY(const auto view, ledger.view());
  const auto next_nonce = [&](const chain::Address& a) { return nonce_of(view, a); };
  const std::size_t many = offered.size() + 1;
  Mempool pool({.max_txs = many, .max_bytes = SIZE_MAX, .max_per_sender = many});
  std::vector<PendingPtr> replaced;
  for (const Bytes& raw : offered) {
    const auto tx = checker.read(raw);
    if (planted(PlantedBug::censors_some) && tx && (*tx)->id().data[0] < 64) continue;
    if (!tx || checker.admit(view, **tx) != chain::TxStatus::ok) continue;
    pool.add(*tx, next_nonce((*tx)->sender()), replaced);
  }
  const std::size_t frames = pool.size() * kTxFrameBytes;
  const BlockRoom room{.gas = params_of(view).block_gas_limit(),
                       .bytes = max_bytes > frames ? max_bytes - frames : 0};
  std::vector<Bytes> out;
  for (const auto& tx : pool.select(room, next_nonce)) out.push_back(tx->raw);
  TRY_STATUS(view.health());
  return out;
}

Result<std::optional<std::string>> fault_of(const CometLedger& ledger, Checker& checker,
                                            std::span<const Bytes> txs) {
  TRY(const auto view, ledger.view());
  const std::uint64_t most = params_of(view).block_gas_limit();
  TRY_STATUS(view.health());
  std::uint64_t gas = 0;
  for (const Bytes& raw : txs) {
    const auto tx = checker.read(raw);
    if (!tx) {
      return std::optional(fmt::format("transaction {}: {}", chain::tx_id(raw).hex(),
                                       chain::explain(tx.error()).what));
    }
    const std::uint64_t wanted = (*tx)->gas();
    if (wanted > most - gas) {
      return std::optional(fmt::format("the gas limits together exceed the block's {}", most));
    }
    gas += wanted;
  }
  return std::optional<std::string>();
}

}  // namespace cambium::engine
