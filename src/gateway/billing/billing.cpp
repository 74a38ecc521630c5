#include "gateway/billing/billing.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "crypto/sha256.hpp"

namespace cambium::gateway {
namespace {

constexpr std::string_view kDemo = "user:demo";
constexpr std::string_view kRevenue = "revenue";
constexpr std::string_view kIssuer = "issuer";
constexpr std::string_view kKeyPrefix = "cbk_";

bool is_local(const std::string& peer) {
  return peer.starts_with("127.") || peer == "::1" || peer.starts_with("::ffff:127.");
}

// The account's name is derived from the key's hash, so the key itself is never stored.
std::string account_for_key(std::string_view key) {
  return "user:" + crypto::sha256({as_bytes("cambium/api-key/v1"), as_bytes(key)}).hex();
}

TransferId id_from(std::string_view text) {
  const Hash hash = crypto::sha256(as_bytes(text));
  TransferId id;
  std::copy_n(hash.data.begin(), id.size(), id.begin());
  return id;
}

Error refused(TransferOutcome outcome) {
  return {ErrorCode::refused,
          fmt::format("the credit ledger refused the transfer: {}", name(outcome))};
}

}  // namespace

TransferId Billing::new_id() {
  std::lock_guard lock(random_mutex_);
  return random_transfer_id(random_);
}

Result<std::unique_ptr<Billing>> Billing::open(Ledger& ledger, Random& random,
                                               BillingConfig config) {
  std::unique_ptr<Billing> billing(new Billing(ledger, random, config));
  TRY_STATUS(ledger.ensure_account(std::string(kRevenue), AccountKind::revenue));
  TRY_STATUS(ledger.ensure_account(std::string(kIssuer), AccountKind::issuer));
  TRY_STATUS(ledger.ensure_account(std::string(kDemo), AccountKind::user));
  // The id is fixed, so the gift is made once however often the node starts.
  const Transfer gift{id_from("cambium/demo-credits/v1"), TransferKind::posted,
                      std::string(kIssuer), std::string(kDemo),
                      {config.demo_credits * kMicroPerCredit}, {}, "demo credits"};
  if (config.demo_credits > 0) TRY_STATUS(ledger.apply(gift));
  TRY_STATUS(billing->release_leftovers());
  return billing;
}

// Nobody was charged for what a crash cut short.
Status Billing::release_leftovers() {
  TRY(const auto holds, ledger_.open_holds());
  for (const auto& hold : holds) {
    const Transfer release{new_id(), TransferKind::release, "", "", {}, hold.id,
                           "released at start: " + hold.note};
    TRY_STATUS(ledger_.apply(release));
  }
  return {};
}

Result<std::string> Billing::account_of(const Request& request) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view header = request.authorization;
  if (header.starts_with(std::string(kBearer) + std::string(kKeyPrefix))) {
    auto account = account_for_key(header.substr(kBearer.size()));
    if (ledger_.account(account)) return account;
    return fail(ErrorCode::refused, "this API key is not known here; make one with "
                                    "POST /auth/register");
  }
  // Clients such as OpenAI's insist on sending some key; on this machine any other one will do.
  if (config_.demo_account && is_local(request.peer)) return std::string(kDemo);
  return fail(ErrorCode::refused,
              "an API key is needed; send Authorization: Bearer <key> from POST /auth/register");
}

Result<Billing::NewAccount> Billing::make_account() {
  Bytes secret(24);
  {
    std::lock_guard lock(random_mutex_);
    random_.fill(secret);
  }
  NewAccount made;
  made.key = std::string(kKeyPrefix) + to_hex(secret);
  made.account = account_for_key(made.key);
  TRY_STATUS(ledger_.ensure_account(made.account, AccountKind::user));
  return made;
}

Result<Hold> Billing::hold(const std::string& account, serve::MicroCredits most,
                           std::string request_id) {
  const Credits amount{std::int64_t(std::max<std::uint64_t>(most.value, 1))};
  const auto id = new_id();
  TRY(const auto outcome, ledger_.apply(Transfer{id, TransferKind::hold, account,
                                                 std::string(kRevenue), amount, {}, request_id}));
  if (outcome == TransferOutcome::exceeds_credits) {
    TRY(const auto known, ledger_.account(account));
    return fail(ErrorCode::refused,
                fmt::format("this request may cost {} credits and {} are available; ask for fewer "
                            "tokens or add credits",
                            to_text(amount), to_text(known.available())));
  }
  if (outcome != TransferOutcome::done) return tl::unexpected(refused(outcome));
  return Hold(*this, id, std::move(request_id));
}

Hold::Hold(Hold&& other) noexcept
    : billing_(std::exchange(other.billing_, nullptr)), id_(other.id_),
      note_(std::move(other.note_)) {}

Hold::~Hold() {
  if (!billing_) return;
  const Transfer release{billing_->new_id(), TransferKind::release, "", "", {}, id_, note_};
  const auto outcome = billing_->ledger_.apply(release);
  if (!outcome) spdlog::error("a hold could not be released: {}", outcome.error().message);
}

Status Hold::capture(serve::MicroCredits amount, const std::optional<Evidence>& evidence) {
  auto* billing = std::exchange(billing_, nullptr);
  if (!billing) return fail(ErrorCode::refused, "this hold is already resolved");
  const Transfer capture{billing->new_id(), TransferKind::capture, "", "",
                         {std::int64_t(amount.value)}, id_, note_};
  TRY(const auto outcomes, billing->ledger_.apply(std::span(&capture, 1), evidence));
  if (outcomes.front() != TransferOutcome::done) return tl::unexpected(refused(outcomes.front()));
  return {};
}

}  // namespace cambium::gateway
