// What a decided block's carried votes tell the chain: its randomness, and what was left out.
#pragma once

#include "engine/cometbft/ledger.hpp"
#include "engine/cometbft/validators.hpp"

namespace cambium::engine {

/// Whether blocks of that height begin with carried votes: those of chains with a beacon, from the
/// second block on.
bool carries_votes(const chain::Registry& registry, const chain::v1::Genesis& genesis,
                   Height height);

/// Completes the facts of a decided block that carries votes. What more than two thirds accepted is
/// not checked again.
void read_carried(const StateReader& below, const DecidedBlock& block, chain::BlockInfo& info);

/// The result of the first transaction, which no rule of the chain runs.
chain::v1::TxResult carried_result(const chain::BlockInfo& info);

}  // namespace cambium::engine
