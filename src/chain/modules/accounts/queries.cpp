#include "chain/modules/accounts/queries.hpp"

namespace cambium::chain::accounts {
namespace {

constexpr int kMostItems = 200;

/// An address field that people typed.
Result<Address> named(const std::string& field) {
  if (is_address(field)) return to_address(field);
  return fail(ErrorCode::invalid_input, "address must be an account such as cbm1...");
}
Address or_none(const std::string& field) {
  return is_address(field) ? to_address(field) : Address{};
}

Result<pb::AccountReply> account(const ReadContext& ctx, const pb::AccountRequest& request) {
  TRY(const auto address, named(request.address()));
  pb::AccountReply reply;
  reply.set_address(request.address());
  *reply.mutable_account() = kAccounts.get_or_default(ctx, {address});
  return reply;
}

Bytes account_key(const pb::AccountRequest& request) {
  return is_address(request.address()) ? kAccounts.key({to_address(request.address())}) : Bytes{};
}

Result<pb::TicketsReply> tickets(const ReadContext& ctx, const pb::TicketsRequest& request) {
  TRY(const auto address, named(request.address()));
  pb::TicketsReply reply;
  kTickets.scan(ctx, kTickets.prefix(address), [&](const auto& key, const auto&) {
    reply.add_tickets(std::get<1>(key));
    return ScanStep::next;
  });
  return reply;
}

void fill(pb::GrantItem& item, const Deputy& deputy, const pb::GrantRecord& grant) {
  item.set_granter(to_field(deputy.granter));
  item.set_grantee(to_field(deputy.grantee));
  item.set_message(deputy.message);
  *item.mutable_grant() = grant;
}

Result<pb::GrantsReply> grants(const ReadContext& ctx, const pb::GrantsRequest& request) {
  TRY(const auto address, named(request.address()));
  pb::GrantsReply reply;
  kGrants.scan(ctx, kGrants.prefix(address), [&](const auto& key, const auto& grant) {
    fill(*reply.add_given(), {address, std::get<1>(key), std::get<2>(key)}, grant);
    return reply.given_size() < kMostItems ? ScanStep::next : ScanStep::stop;
  });
  kGrantRefs.scan(ctx, kGrantRefs.prefix(address), [&](const auto& key, const auto&) {
    const Deputy deputy{std::get<1>(key), address, std::get<2>(key)};
    fill(*reply.add_received(), deputy,
         kGrants.get_or_default(ctx, {deputy.granter, deputy.grantee, deputy.message}));
    return reply.received_size() < kMostItems ? ScanStep::next : ScanStep::stop;
  });
  return reply;
}

Result<pb::Allowance> allowance(const ReadContext& ctx, const pb::AllowanceRequest& request) {
  TRY(const auto sponsor, named(request.sponsor()));
  TRY(const auto grantee, named(request.grantee()));
  return kAllowances.get_or_default(ctx, {sponsor, grantee});
}

Bytes allowance_key(const pb::AllowanceRequest& request) {
  return kAllowances.key({or_none(request.sponsor()), or_none(request.grantee())});
}

Result<pb::GuardiansReply> guardians(const ReadContext& ctx, const pb::GuardiansRequest& request) {
  TRY(const auto address, named(request.address()));
  pb::GuardiansReply reply;
  *reply.mutable_guardians() = kGuardianships.get_or_default(ctx, {address});
  if (const auto open = kRecoveries.get(ctx, {address})) *reply.mutable_recovery() = *open;
  return reply;
}

Bytes guardians_key(const pb::GuardiansRequest& request) {
  return kGuardianships.key({or_none(request.address())});
}

}  // namespace

std::vector<Query> queries() {
  return {query("account", account, account_key), query("tickets", tickets),
          query("grants", grants), query("allowance", allowance, allowance_key),
          query("guardians", guardians, guardians_key)};
}

}  // namespace cambium::chain::accounts
