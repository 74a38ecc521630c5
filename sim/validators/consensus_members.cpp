// What happens to single members: transactions that reach them, and faults.
#include <algorithm>

#include "sim/validators/consensus.hpp"

namespace cambium::sim {

namespace pb = tendermint::abci;
using engine::abci::Request;

// ---- transactions ------------------------------------------------------------------------------

chain::TxStatus Consensus::check_tx(Member& member, const std::string& raw, Check check) {
  Request request;
  request.mutable_check_tx()->set_tx(raw);
  request.mutable_check_tx()->set_type(check == Check::again ? pb::RECHECK : pb::NEW);
  return static_cast<chain::TxStatus>(member.replica->ask(request).check_tx().code());
}

void Consensus::recheck(Member& member) {
  const auto& included = blocks_.at(member.applied - 1).txs();
  std::erase_if(member.mempool, [&](const std::string& raw) {
    return std::ranges::find(included, raw) != included.end() ||
           check_tx(member, raw, Check::again) != chain::TxStatus::ok;
  });
}

std::optional<chain::TxStatus> Consensus::submit(std::size_t i, const std::string& raw) {
  Member& first = members_[i];
  if (!first.replica->up()) return std::nullopt;
  const auto status = check_tx(first, raw, Check::first);
  if (status != chain::TxStatus::ok) return status;
  if (std::ranges::find(first.mempool, raw) == first.mempool.end()) first.mempool.push_back(raw);
  scheduler_.after(20 + static_cast<std::int64_t>(random_.below(200)), [this, i, raw] {
    for (auto& other : members_) {
      if (!other.replica->up() || other.island != members_[i].island) continue;
      const bool there = std::ranges::find(other.mempool, raw) != other.mempool.end();
      if (!there && check_tx(other, raw, Check::first) == chain::TxStatus::ok) {
        other.mempool.push_back(raw);
      }
    }
  });
  return status;
}

// ---- faults ------------------------------------------------------------------------------------

void Consensus::kill(std::size_t i) {
  if (!members_[i].replica->up()) return;
  members_[i].replica->kill(random_);
  members_[i].mempool.clear();
}

void Consensus::restart(std::size_t i) {
  Member& member = members_[i];
  if (member.replica->up()) return;
  member.replica->start();
  Request request;
  request.mutable_info();
  const auto reply = member.replica->ask(request);
  member.applied = static_cast<std::uint64_t>(reply.info().last_block_height());
  if (member.applied > height()) {
    complain_("a replica came back with a block nobody decided");
    member.applied = height();
    return;
  }
  if (member.applied == 0) init_chain(member);
  if (member.applied > 0 && reply.info().last_block_app_hash() != app_hashes_[member.applied - 1]) {
    complain_("a replica came back with another state");
  }
}

void Consensus::cut(std::uint32_t island_bits) {
  for (std::size_t i = 0; i < members_.size(); ++i) {
    members_[i].island = (island_bits >> i) & 1u;
  }
}

void Consensus::double_sign(std::size_t i) {
  const auto power = power_of(members_[i].address);
  if (power == 0 || height() < 2) return;
  evidence_.push_back({members_[i].address, height(), block_time(), power});
}

}  // namespace cambium::sim
