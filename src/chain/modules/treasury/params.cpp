#include "chain/modules/treasury/params.hpp"

#include <algorithm>

namespace cambium::chain::treasury {

void fill_defaults(pb::Params& p) {
  if (p.panel_size() == 0) p.set_panel_size(3);
  if (p.max_rounds() == 0) p.set_max_rounds(2);
  if (p.dispute_deposit_ucbm() == 0) p.set_dispute_deposit_ucbm(cbm(100).ucbm);
  if (p.ruling_window_ms() == 0) p.set_ruling_window_ms(3 * kDayMs);
  if (p.appeal_window_ms() == 0) p.set_appeal_window_ms(3 * kDayMs);
  if (p.review_window_ms() == 0) p.set_review_window_ms(14 * kDayMs);
  if (p.dispute_window_ms() == 0) p.set_dispute_window_ms(7 * kDayMs);
  if (p.max_submissions() == 0) p.set_max_submissions(64);
  if (p.min_tier3() == 0) p.set_min_tier3(9);
}

std::optional<std::string> why_not(const pb::Params&, const pb::Params& p) {
  if (p.panel_size() < 3 || p.panel_size() > 7 || p.panel_size() % 2 == 0) {
    return "a first panel has 3, 5 or 7 arbitrators";
  }
  if (p.max_rounds() == 0 || p.max_rounds() > 3) return "a dispute has 1 to 3 rounds";
  if (p.dispute_deposit_ucbm() == 0) return "a dispute without a deposit would cost nobody";
  for (const auto window : {p.ruling_window_ms(), p.appeal_window_ms(), p.review_window_ms(),
                            p.dispute_window_ms()}) {
    if (window < 60'000 || window > 90 * kDayMs) return "a window must be one minute to 90 days";
  }
  if (p.max_submissions() == 0 || p.max_submissions() > 1'000) {
    return "a bounty takes 1 to 1000 submissions";
  }
  if (p.min_tier3() < p.panel_size()) return "a panel could not be drawn from that few";
  return std::nullopt;
}

TxStatus preflight_reviewers(const Reviewers& reviewers) {
  const auto& list = reviewers.accounts;
  if (list.size() < reviewers.least || list.size() > kMaxReviewers) {
    return TxStatus::field_out_of_range;
  }
  if (!std::ranges::all_of(list, is_address)) return TxStatus::bad_address;
  if (std::ranges::adjacent_find(list, std::greater_equal<>{}) != list.end()) {
    return TxStatus::field_out_of_range;
  }
  const auto most = static_cast<std::uint32_t>(list.size());
  const bool fits = list.empty() ? reviewers.needed == 0
                                 : reviewers.needed >= 1 && reviewers.needed <= most;
  return fits ? TxStatus::ok : TxStatus::field_out_of_range;
}

bool insert_ascending(google::protobuf::RepeatedPtrField<std::string>& accounts,
                      const std::string& account) {
  const auto at = std::ranges::lower_bound(accounts, account);
  if (at != accounts.end() && *at == account) return false;
  const auto place = at - accounts.begin();
  *accounts.Add() = account;
  std::rotate(accounts.begin() + place, accounts.end() - 1, accounts.end());
  return true;
}

}  // namespace cambium::chain::treasury
