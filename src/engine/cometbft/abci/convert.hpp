// Between ABCI's messages and the chain's types.
#pragma once

#include "engine/cometbft/abci/frames.hpp"
#include "engine/cometbft/ledger.hpp"
#include "engine/cometbft/validators.hpp"

namespace cambium::engine::abci {

/// Whole milliseconds; CometBFT's times never go back and move at least one between blocks.
TimeMs to_time(const google::protobuf::Timestamp& time);
std::vector<Bytes> to_txs(const google::protobuf::RepeatedPtrField<std::string>& txs);

chain::BlockVote::Kind to_kind(tendermint::types::BlockIDFlag flag);

/// `corrupt` when an address or hash has the wrong length.
Result<DecidedBlock> to_block(const tendermint::abci::RequestFinalizeBlock& request);

tendermint::abci::ExecTxResult to_result(const chain::v1::TxResult& result);
tendermint::abci::ValidatorUpdate to_update(const ValidatorPower& validator);

}  // namespace cambium::engine::abci
