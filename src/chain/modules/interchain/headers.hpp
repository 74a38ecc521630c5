// Signed headers of another chain's embedded engine, as a client checks them.
#pragma once

#include "cambium/chain/v1/chain.pb.h"
#include "cambium/interchain/v1/interchain.pb.h"
#include "chain/context.hpp"

namespace cambium::chain::interchain {

/// The header, when it is of the client's chain and signed by the operator the client trusts.
tl::expected<v1::Header, TxStatus> checked_header(
    const ReadContext& ctx, const cambium::interchain::v1::Client& client,
    const cambium::interchain::v1::SignedHeader& header);

}  // namespace cambium::chain::interchain
