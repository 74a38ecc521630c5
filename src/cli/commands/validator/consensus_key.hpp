// The key that signs a validator's votes, and its consent to validate for an operator.
#pragma once

#include <google/protobuf/message.h>

#include "cli/invocation.hpp"

namespace cambium::cli {

/// --key-file, for verbs that bind a consensus key.
Flag key_file_flag();

/// Puts the key of the file, else of this home's CometBFT folder, and its signature over the
/// sender's account into the fields `consensus_key` and `possession`.
Status put_consensus_key(Invocation& call, google::protobuf::Message& message);

}  // namespace cambium::cli
