// What CometBFT noted of a block that was refused: every proposal that it heard, with its
// signature, and the block's parts. The newest GiB of it is kept.
#pragma once

#include <filesystem>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "cambium/slashing/v1/slashing.pb.h"
#include "crypto/keys.hpp"

namespace cambium::engine {

struct HeardProposal {
  crypto::Address proposer;  // consensus address
  /// Without its sender and the proposer's key, which the log does not hold.
  cambium::slashing::v1::ReportInvalidProposal report;
};

/// The signed proposal whose block holds that transaction; `not_found` when none was heard, or not
/// all of its block.
Result<HeardProposal> find_proposal(const std::filesystem::path& log_folder,
                                    const TxId& transaction);

}  // namespace cambium::engine
