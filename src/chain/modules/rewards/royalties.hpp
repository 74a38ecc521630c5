// Who is paid for an answer, and how much: 60 % hosts, 25 % trainers, 10 % data, 5 % treasury.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "chain/modules/rewards/rewards.hpp"

namespace cambium::chain::rewards {

/// Somebody's part of something, by weight.
struct Share {
  Address account;
  u128 weight = 0;
};

/// Splits `total` by weight with floor; the last result is the remainder, for the treasury.
struct Split {
  std::vector<u128> parts;
  u128 rest = 0;
};
Split split(u128 total, const std::vector<Share>& shares);

/// Who trained an expert and whose data it was trained on. For a contributed expert every accepted
/// version counts with its own gain, so that a small new version does not take all; an anchor's
/// trainer is the model's owner. Weights are gains in 10^-9 nats.
struct ExpertRights {
  u128 gain_nano = 0;  // weight of one unit of gate mass
  std::vector<Share> trainers;
  std::vector<Share> contributors;
};
/// Answers are remembered for the batch, since receipts of one batch share experts.
class Rights {
 public:
  Rights(const ReadContext& ctx, std::string model);
  /// nullptr when the index has no such expert.
  const ExpertRights* of(const std::string& expert);

 private:
  std::optional<ExpertRights> find(const std::string& expert) const;
  const ReadContext& ctx_;
  std::string model_;
  std::map<std::string, std::optional<ExpertRights>> known_;
};

}  // namespace cambium::chain::rewards
