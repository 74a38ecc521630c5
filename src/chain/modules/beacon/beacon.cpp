#include "chain/modules/beacon/beacon.hpp"

#include <algorithm>

#include "base/amount.hpp"
#include "crypto/sha256.hpp"

namespace cambium::chain::beacon {
namespace {

/// A chain that went back to an earlier state goes on under the next revision of its id with the
/// same group, whose deals must stay readable.
std::string without_revision(std::string_view chain_id) {
  const auto dash = chain_id.rfind('-');
  if (dash == std::string_view::npos || dash + 1 == chain_id.size()) return std::string(chain_id);
  const auto tail = chain_id.substr(dash + 1);
  const bool digits = std::ranges::all_of(tail, [](char c) { return c >= '0' && c <= '9'; });
  return std::string(digits ? chain_id.substr(0, dash) : chain_id);
}

Bytes context_of(std::string_view kind, const Purpose& purpose) {
  Bytes out = to_bytes(as_bytes(kind));
  append_part(out, without_revision(purpose.chain_id), false);
  append_be64(out, purpose.number);
  append(out, purpose.who);
  return out;
}

}  // namespace

std::optional<pb::Group> group_of_round(const ReadContext& ctx, Height round) {
  std::optional<pb::Group> newest;
  kGroups.scan(ctx, kGroups.prefix(), [&](const auto& key, const pb::Group& group) {
    if (std::get<0>(key) > round.value) return ScanStep::stop;
    newest = group;
    return ScanStep::next;
  });
  return newest;
}

Hash round_message(std::string_view chain_id, Height round) {
  Bytes height;
  append_be64(height, round.value);
  return crypto::sha256({as_bytes("cambium/beacon-round/v1"), as_bytes(chain_id), height});
}

Bytes round_value(ByteView signature) {
  return to_bytes(crypto::sha256({as_bytes("cambium/beacon-value/v1"), signature}));
}

void ask(Context& ctx) {
  const Height height = ctx.block().height;
  if (!group_of_round(ctx, height.next())) return;
  pb::Pending pending;
  pending.set_asked_height(height.value);
  kPending.put(ctx, {}, pending);
}

Bytes deal_context(const Purpose& purpose) { return context_of("cambium/beacon-deal/v1", purpose); }
Bytes key_context(const Purpose& purpose) { return context_of("cambium/beacon-key/v1", purpose); }

std::vector<Allotment> allot(std::vector<Weight> weights) {
  u128 total = 0;
  for (const auto& weight : weights) total += weight.power;
  if (total == 0) return {};
  struct Part {
    Weight weight;
    std::uint32_t shares;
    std::uint64_t remainder;
  };
  std::vector<Part> parts;
  std::uint32_t left = crypto::kBeaconShares;
  for (const auto& weight : weights) {
    const u128 scaled = u128(weight.power) * crypto::kBeaconShares;
    const auto whole = static_cast<std::uint32_t>(scaled / total);
    parts.push_back({weight, whole, static_cast<std::uint64_t>(scaled % total)});
    left -= whole;
  }
  std::ranges::sort(parts, [](const Part& a, const Part& b) {
    if (a.remainder != b.remainder) return a.remainder > b.remainder;
    return a.weight.operator_account < b.weight.operator_account;
  });
  for (std::size_t i = 0; i < left; ++i) ++parts[i % parts.size()].shares;
  std::ranges::sort(parts, [](const Part& a, const Part& b) {
    if (a.shares != b.shares) return a.shares > b.shares;
    return a.weight.operator_account < b.weight.operator_account;
  });
  std::vector<Allotment> out;
  std::uint32_t first = 1;
  for (const auto& part : parts) {
    if (part.shares == 0) continue;
    out.push_back({part.weight.operator_account, {first, part.shares}});
    first += part.shares;
  }
  return out;
}

}  // namespace cambium::chain::beacon
