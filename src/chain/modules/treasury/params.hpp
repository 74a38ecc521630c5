// The numbers of bounties and disputes; every one of them governed.
#pragma once

#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain::treasury {

/// Fills what genesis left at zero.
void fill_defaults(pb::Params& params);
/// Why these values make no sense, as a sentence; nothing when they do.
std::optional<std::string> why_not(const pb::Params& before, const pb::Params& after);

/// Account fields of one message: ascending, at least `least`, at most `kMaxReviewers`; `needed`
/// is one of them at least and all of them at most. Statuses of the malformed band.
struct Reviewers {
  const google::protobuf::RepeatedPtrField<std::string>& accounts;
  std::uint32_t needed = 0;
  int least = 0;
};
TxStatus preflight_reviewers(const Reviewers& reviewers);

/// Puts `account` where it belongs in an ascending list; false when it is in it already.
bool insert_ascending(google::protobuf::RepeatedPtrField<std::string>& accounts,
                      const std::string& account);

}  // namespace cambium::chain::treasury
