// Stands in for a chain that this node does not take part in: knows nothing and says so.
#pragma once

#include "engine/engine.hpp"

namespace cambium::engine {

class AbsentEngine final : public Engine {
 public:
  explicit AbsentEngine(std::string alias);

  const std::string& chain_id() const override { return alias_; }
  const std::string& alias() const override { return alias_; }
  const chain::Registry& registry() const override { return registry_; }
  ChainStatus status() const override;
  Submitted submit(Bytes raw) override;
  Result<TxOutcome> wait(const TxId& id, std::int64_t timeout_ms) override;
  std::optional<TxOutcome> outcome(const TxId& id) const override;
  chain::TxOutcome<chain::Simulation> simulate(ByteView raw) const override;
  Result<BlockPtr> block(Height height) const override;
  Result<state::HeightView> state_at(std::optional<Height> height = {}) const override;
  Result<ProvenValue> prove(ByteView key) const override;
  Result<ProvenValue> prove_at(ByteView key, Height height) const override;
  Result<chain::QueryAnswer> query(chain::QueryName name,
                                   std::string_view request_json) const override;
  std::unique_ptr<Subscription> subscribe(OnBlock on_block) override;

 private:
  Error absent() const;

  std::string alias_;
  chain::Registry registry_;
};

}  // namespace cambium::engine
