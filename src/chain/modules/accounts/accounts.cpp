#include "chain/modules/accounts/accounts.hpp"

#include "chain/key_proto.hpp"
#include "chain/modules/accounts/invariants.hpp"
#include "chain/modules/accounts/queries.hpp"
#include "chain/modules/modules.hpp"

namespace cambium::chain::accounts {
namespace {

/// Unordered transactions whose last time has passed cannot come again.
Bytes forget_seen(Context& ctx, ByteView) {
  std::vector<std::tuple<std::uint64_t, TxId>> over;
  const auto now = static_cast<std::uint64_t>(ctx.block().time.value);
  kSeen.scan(ctx, kSeen.prefix(), [&](const auto& key, const auto&) {
    if (std::get<0>(key) >= now || over.size() >= kMaxBlockEndEntries) return ScanStep::stop;
    over.push_back(key);
    return ScanStep::next;
  });
  for (const auto& key : over) kSeen.erase(ctx, key);
  return {};  // the oldest come first, so the next block simply begins there again
}

}  // namespace

Nonce next_nonce(const ReadContext& ctx, const Address& account) {
  return {kAccounts.get_or_default(ctx, {account}).nonce()};
}

bool owns(const ReadContext& ctx, const Claim& claim) {
  const auto account = kAccounts.get(ctx, {claim.account});
  if (account && account->has_key()) return key_from_proto(account->key()) == claim.key;
  return crypto::address_of(claim.key) == claim.account;
}

void bind(Context& ctx, const Claim& claim) {
  auto account = kAccounts.get_or_default(ctx, {claim.account});
  if (account.has_key()) return;
  *account.mutable_key() = key_to_proto(claim.key);
  kAccounts.put(ctx, {claim.account}, account);
}

void use_nonce(Context& ctx, const Address& address) {
  auto account = kAccounts.get_or_default(ctx, {address});
  account.set_nonce(account.nonce() + 1);
  kAccounts.put(ctx, {address}, account);
}

Module module() {
  return {
      .name = "accounts",
      .prefix = kAccountsPrefix,
      .messages =
          {
              handler_of<pb::RotateKey>(),
              handler_of<pb::CreateTickets>(),
              handler_of<pb::Grant>(),
              handler_of<pb::Revoke>(),
              handler_of<pb::Sponsor>(),
              handler_of<pb::EndSponsorship>(),
              handler_of<pb::SetGuardians>(),
              handler_of<pb::StartRecovery>(),
              handler_of<pb::ApproveRecovery>(),
              handler_of<pb::CancelRecovery>(),
              handler_of<pb::FinishRecovery>(),
          },
      .tables = {kAccounts.info("account"), kTickets.info("ticket"), kSeen.info("seen"),
                 kGrants.info("grant"), kGrantRefs.info("granted_by"),
                 kAllowances.info("allowance"), kGuardianships.info("guardians"),
                 kRecoveries.info("recovery")},
      .queries = queries(),
      .invariants = {invariant<NonceMovesForward>("accounts.nonce_moves_forward",
                                                  {kAccounts.id()}),
                     invariant<TicketsCounted>("accounts.tickets_counted",
                                               {kAccounts.id(), kTickets.id()}),
                     invariant<GrantsFindable>("accounts.grants_findable",
                                               {kGrants.id(), kGrantRefs.id()})},
      .block_end = {{.name = "accounts.forget_seen", .run = forget_seen}},
  };
}

}  // namespace cambium::chain::accounts
