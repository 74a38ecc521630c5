// Who pays for an answer: an account is found, the most it can cost is held, what was delivered is
// captured, and the rest is released.
#pragma once

#include <optional>
#include <string>

#include "base/random.hpp"
#include "gateway/http/message.hpp"
#include "gateway/ledger/ledger.hpp"
#include "serve/pricing.hpp"

namespace cambium::gateway {

struct BillingConfig {
  bool demo_account = true;  // callers on this machine need no key
  std::int64_t demo_credits = 1000;
};

/// A reservation of credits. Unless captured it is released when it goes out of scope.
class Hold;

class Billing {
 public:
  static Result<std::unique_ptr<Billing>> open(Ledger& ledger, Random& random,
                                               BillingConfig config);

  /// The account a request acts for: by API key, or the demo account from this machine.
  Result<std::string> account_of(const Request& request);

  /// A new account with its API key; the key is shown once, only its hash is kept.
  struct NewAccount {
    std::string account;
    std::string key;
  };
  Result<NewAccount> make_account();

  /// `refused` with the balance and the price when the credits do not suffice.
  Result<Hold> hold(const std::string& account, serve::MicroCredits most, std::string request_id);

  Ledger& ledger() { return ledger_; }

 private:
  friend class Hold;
  Billing(Ledger& ledger, Random& random, BillingConfig config)
      : ledger_(ledger), random_(random), config_(config) {}
  Status release_leftovers();
  TransferId new_id();

  Ledger& ledger_;
  std::mutex random_mutex_;
  Random& random_;
  BillingConfig config_;
};

class Hold {
 public:
  Hold(Hold&& other) noexcept;
  Hold& operator=(Hold&&) = delete;
  ~Hold();
  /// Takes `amount`, at most what is held, and releases the rest; once. The evidence is durable
  /// exactly when the capture is.
  Status capture(serve::MicroCredits amount, const std::optional<Evidence>& evidence = {});

 private:
  friend class Billing;
  Hold(Billing& billing, TransferId id, std::string note)
      : billing_(&billing), id_(id), note_(std::move(note)) {}
  Billing* billing_;
  TransferId id_;
  std::string note_;
};

}  // namespace cambium::gateway
