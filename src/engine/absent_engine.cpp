#include "engine/absent_engine.hpp"

#include <fmt/format.h>

#include "base/check.hpp"

namespace cambium::engine {
namespace {

class Silence final : public Subscription {};

chain::Registry smallest_registry() {
  auto registry = chain::Registry::with({});
  CHECK(registry, "the modules that every chain has are there");
  return std::move(*registry);
}

}  // namespace

AbsentEngine::AbsentEngine(std::string alias)
    : alias_(std::move(alias)), registry_(smallest_registry()) {}

Error AbsentEngine::absent() const {
  return {ErrorCode::unavailable,
          fmt::format("This node takes no part in the chain {}; ask one that does.", alias_)};
}

ChainStatus AbsentEngine::status() const {
  ChainStatus out;
  out.alias = alias_;
  return out;
}

Submitted AbsentEngine::submit(Bytes raw) {
  return {chain::tx_id(raw), chain::TxStatus::wrong_chain, absent().message};
}

Result<TxOutcome> AbsentEngine::wait(const TxId&, std::int64_t) {
  return tl::unexpected<Error>(absent());
}
std::optional<TxOutcome> AbsentEngine::outcome(const TxId&) const { return std::nullopt; }
chain::TxOutcome<chain::Simulation> AbsentEngine::simulate(ByteView) const {
  return tl::unexpected(chain::TxStatus::wrong_chain);
}
Result<BlockPtr> AbsentEngine::block(Height) const { return tl::unexpected<Error>(absent()); }
Result<state::HeightView> AbsentEngine::state_at(std::optional<Height>) const {
  return tl::unexpected<Error>(absent());
}
Result<ProvenValue> AbsentEngine::prove(ByteView) const {
  return tl::unexpected<Error>(absent());
}
Result<ProvenValue> AbsentEngine::prove_at(ByteView, Height) const {
  return tl::unexpected<Error>(absent());
}
Result<chain::QueryAnswer> AbsentEngine::query(chain::QueryName, std::string_view) const {
  return tl::unexpected<Error>(absent());
}
std::unique_ptr<Subscription> AbsentEngine::subscribe(OnBlock) {
  return std::make_unique<Silence>();
}

}  // namespace cambium::engine
