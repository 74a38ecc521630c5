#include "chain/modules/accounts/accounts.hpp"

#include "chain/key_proto.hpp"
#include "chain/modules/modules.hpp"

namespace cambium::chain::accounts {
namespace {

Result<pb::AccountReply> account(const ReadContext& ctx, const pb::AccountRequest& request) {
  if (!is_address(request.address())) {
    return fail(ErrorCode::invalid_input, "address must be an account such as cbm1...");
  }
  pb::AccountReply reply;
  reply.set_address(request.address());
  *reply.mutable_account() = kAccounts.get_or_default(ctx, {to_address(request.address())});
  return reply;
}

Bytes account_key(const pb::AccountRequest& request) {
  return is_address(request.address()) ? kAccounts.key({to_address(request.address())}) : Bytes{};
}

/// A nonce moves up by one or stays; an account never disappears.
class NonceMovesForward : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    if (!change.after) {
      evidence_ = "an account record was erased";
      return;
    }
    const auto before = change.before ? kAccounts.decoded(*change.before).nonce() : 0;
    const auto after = kAccounts.decoded(*change.after).nonce();
    if (after < before || after > before + 1) evidence_ = "a nonce moved by other than 0 or 1";
  }
  std::optional<std::string> finalize(const InvariantScope&) override { return evidence_; }

 private:
  std::optional<std::string> evidence_;
};

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
      .messages = {handler_of<pb::RotateKey>()},
      .tables = {kAccounts.info("account")},
      .queries = {query("account", account, account_key)},
      .invariants = {invariant<NonceMovesForward>("accounts.nonce_moves_forward",
                                                  {kAccounts.id()})},
  };
}

}  // namespace cambium::chain::accounts
