// What a proposal does when it passes, written as a line: `--do "tx send alice 5"`.
#pragma once

#include "cambium/governance/v1/governance.pb.h"
#include "cli/invocation.hpp"
#include "client/messages.hpp"

namespace cambium::cli {

/// The option that verbs of proposals share.
Flag do_flag();

/// A line as a shell splits it: spaces part words, quotes hold them together.
Result<std::vector<std::string>> split_line(const std::string& line);

/// The message of a verb ("tx send alice 5", "treasury pay alice 100"), sent by `sender`.
Result<client::TxMsg> message_of_line(Invocation& call, const std::string& line,
                                      std::string_view sender);

/// An action of governance by its kind ("param staking.max_validators 120", "pause bank.Send"),
/// or, for anything else, a message that the governance account sends.
Result<cambium::governance::v1::Action> action_of_line(Invocation& call, const std::string& line);

}  // namespace cambium::cli
