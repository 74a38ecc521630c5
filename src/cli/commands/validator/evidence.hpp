// What shows that a validator proposed a malformed transaction, from this home's CometBFT.
#pragma once

#include <google/protobuf/message.h>

#include "cli/invocation.hpp"

namespace cambium::cli {

/// --consensus-key, for a proposer that has left the set.
Flag proposer_key_flag();

/// Completes a slashing.ReportInvalidProposal whose `transaction` holds the id of one.
Status put_evidence(Invocation& call, google::protobuf::Message& message);

}  // namespace cambium::cli
