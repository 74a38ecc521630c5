// Filling the index from final blocks.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/crash_point.hpp"
#include "engine/engine.hpp"
#include "engine/index_impl.hpp"

namespace cambium::engine {

namespace {

const CrashPoint kBeforeIndex("engine.index.before_commit");
const CrashPoint kAfterIndex("engine.index.after_commit");

struct TxText {
  std::string messages;  // joined by commas
  std::string signer;
};

TxText describe(const chain::Registry& registry, const std::string& chain_id, ByteView raw) {
  TxText out;
  auto tx = chain::decode_tx(registry, chain_id, raw);
  if (!tx) return out;
  for (const auto* message : (*tx)->messages) {
    if (!out.messages.empty()) out.messages += ',';
    out.messages += chain::short_name(*message->GetDescriptor());
  }
  out.signer = (*tx)->signers.front().text();
  return out;
}

// Addresses named by a transaction's events: payees, trainers, hosts.
std::set<std::string> accounts_of(const TxText& text, const chain::v1::TxResult& result) {
  std::set<std::string> out;
  if (!text.signer.empty()) out.insert(text.signer);
  for (const auto& event : result.events()) {
    for (const auto& attribute : event.attributes()) {
      if (attribute.value().starts_with("cbm1")) out.insert(attribute.value());
    }
  }
  return out;
}

}  // namespace

Status Index::Impl::add_events(const BlockKey& key, std::int64_t position, const Events& events) {
  int number = 0;
  for (const auto& event : events) {
    TRY(auto* insert, statements.ready(db.get(),
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)"));
    const std::string body = event.SerializeAsString();
    TRY_STATUS(insert->bind(key.chain).bind(event.type()).bind(key.height).bind(position)
                   .bind(std::int64_t{number++}).bind(as_bytes(body)).done());
    TRY_STATUS(add_names(key.chain, event));
  }
  return {};
}

// Models and experts become searchable by the events that name them.
Status Index::Impl::add_names(const std::string& chain, const chain::v1::Event& event) {
  std::string model, expert;
  for (const auto& attribute : event.attributes()) {
    if (attribute.key() == "model") model = attribute.value();
    if (attribute.key() == "name" || attribute.key() == "expert") expert = attribute.value();
  }
  if (model.empty()) return {};
  TRY_STATUS(add_name(chain, {"model", model, "Model " + model, chain}));
  if (expert.find(".expert") == std::string::npos) return {};
  return add_name(chain, {"expert", expert, fmt::format("Expert {} of {}", expert, model), chain});
}

Status Index::Impl::add_name(const std::string& chain, const SearchHit& hit) {
  TRY(auto* insert, statements.ready(db.get(),
      "INSERT INTO names VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET title = excluded.title "
      "WHERE title != excluded.title"));
  return insert->bind(hit.kind).bind(hit.id).bind(chain).bind(hit.title).done();
}

Status Index::Impl::add_tx(const BlockKey& key, const chain::Registry& registry,
                           const CommittedBlock& block, std::size_t position) {
  const CommittedTx& tx = block.txs[position];
  const auto at = static_cast<std::int64_t>(position);
  const TxText text = describe(registry, block.header.chain_id(), tx.raw);
  TRY(auto* insert, statements.ready(db.get(),
      "INSERT INTO txs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  TRY_STATUS(insert->bind(key.chain).bind(key.height).bind(at).bind(tx.id.hex())
                 .bind(block.header.time_ms()).bind(std::int64_t{tx.result.status()})
                 .bind(text.messages).bind(text.signer)
                 .bind(static_cast<std::int64_t>(tx.result.fee_ucbm()))
                 .bind(static_cast<std::int64_t>(tx.result.gas_used())).done());
  for (const auto& account : accounts_of(text, tx.result)) {
    TRY(auto* link, statements.ready(db.get(),
        "INSERT OR IGNORE INTO account_txs VALUES (?, ?, ?, ?)"));
    TRY_STATUS(link->bind(key.chain).bind(account).bind(key.height).bind(at).done());
    TRY_STATUS(add_name(key.chain, {"account", account, "Account " + account, key.chain}));
  }
  return add_events(key, at, tx.result.events());
}

Status Index::Impl::add_block(const BlockKey& key, const chain::Registry& registry,
                              const CommittedBlock& block) {
  const auto& header = block.header;
  auto proposer = crypto::address_of(chain::key_from_proto(header.proposer()));
  TRY(auto* insert, statements.ready(db.get(), "INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?, ?)"));
  TRY_STATUS(insert->bind(key.chain).bind(key.height).bind(block.hash.hex()).bind(header.time_ms())
                 .bind(static_cast<std::int64_t>(block.txs.size()))
                 .bind(to_hex(as_bytes(header.state_root()))).bind(proposer.text()).done());
  for (std::size_t i = 0; i < block.txs.size(); ++i) {
    TRY_STATUS(add_tx(key, registry, block, i));
  }
  chain::v1::TxResult end;
  for (const auto& event : block.end_events) *end.add_events() = event;
  return add_events(key, -1, end.events());
}

Status Index::add(const std::string& chain, const chain::Registry& registry,
                  const CommittedBlock& block) {
  std::lock_guard lock(impl_->mutex);
  const auto height = static_cast<std::int64_t>(block.height().value);
  if (height <= static_cast<std::int64_t>(impl_->height(chain).value)) return {};
  TRY_STATUS(detail::run(impl_->db.get(), "BEGIN IMMEDIATE"));
  auto added = impl_->add_block({chain, height}, registry, block);
  kBeforeIndex.pass();
  if (!added) {
    TRY_STATUS(detail::run(impl_->db.get(), "ROLLBACK"));
    return added;
  }
  TRY_STATUS(detail::run(impl_->db.get(), "COMMIT"));
  kAfterIndex.pass();
  return {};
}

Status Index::catch_up(const Engine& engine) {
  const std::uint64_t newest = engine.status().height.value;
  for (std::uint64_t h = height(engine.alias()).value + 1; h <= newest; ++h) {
    auto block = engine.block({h});
    if (!block && block.error().code == ErrorCode::not_found) continue;  // below the first block
    if (!block) return tl::unexpected<Error>(block.error());
    TRY_STATUS(add(engine.alias(), engine.registry(), **block));
  }
  return {};
}

}  // namespace cambium::engine
