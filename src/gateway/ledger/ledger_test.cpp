// Money: nothing made, lost or charged twice.
#include "gateway/ledger/ledger.hpp"

#include <gtest/gtest.h>

#include <map>

namespace cambium::gateway {
namespace {

class LedgerTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/cambium-ledger-XXXXXX";
    directory_ = mkdtemp(name);
    open();
    for (auto user : {"user:ann", "user:bob"}) {
      ASSERT_TRUE(ledger_->ensure_account(user, AccountKind::user));
    }
    ASSERT_TRUE(ledger_->ensure_account("revenue", AccountKind::revenue));
    ASSERT_TRUE(ledger_->ensure_account("issuer", AccountKind::issuer));
    EXPECT_EQ(make(TransferKind::posted, "issuer", "user:ann", 100), TransferOutcome::done);
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  void open() {
    ledger_.reset();
    auto opened = Ledger::open(directory_ / "ledger.db", clock_);
    ASSERT_TRUE(opened) << opened.error().message;
    ledger_ = std::move(*opened);
  }
  TransferOutcome make(TransferKind kind, std::string debit, std::string credit,
                       std::int64_t amount) {
    last_ = random_transfer_id(random_);
    return *ledger_->apply(Transfer{last_, kind, debit, credit, {amount}, {}, "test"});
  }
  TransferOutcome resolve(TransferKind kind, TransferId hold, std::int64_t amount) {
    return *ledger_->apply(
        Transfer{random_transfer_id(random_), kind, "", "", {amount}, hold, "test"});
  }
  std::int64_t available(const std::string& id) { return ledger_->account(id)->available().micro; }

  ManualClock clock_{{0}};
  SeededRandom random_{1};
  std::filesystem::path directory_;
  std::unique_ptr<Ledger> ledger_;
  TransferId last_{};
};

TEST_F(LedgerTest, AHoldReservesAndACaptureTakesOnlyWhatWasDelivered) {
  EXPECT_EQ(make(TransferKind::hold, "user:ann", "revenue", 60), TransferOutcome::done);
  const auto hold = last_;
  EXPECT_EQ(available("user:ann"), 40);
  EXPECT_EQ(resolve(TransferKind::capture, hold, 61), TransferOutcome::exceeds_hold);
  EXPECT_EQ(resolve(TransferKind::capture, hold, 25), TransferOutcome::done);
  EXPECT_EQ(available("user:ann"), 75);
  EXPECT_EQ(resolve(TransferKind::capture, hold, 25), TransferOutcome::hold_already_resolved);
  EXPECT_EQ(resolve(TransferKind::release, hold, 0), TransferOutcome::hold_already_resolved);
  EXPECT_TRUE(*ledger_->reconciles());
}

TEST_F(LedgerTest, AReleaseGivesEverythingBack) {
  EXPECT_EQ(make(TransferKind::hold, "user:ann", "revenue", 60), TransferOutcome::done);
  EXPECT_EQ(resolve(TransferKind::release, last_, 0), TransferOutcome::done);
  EXPECT_EQ(available("user:ann"), 100);
  EXPECT_TRUE(ledger_->open_holds()->empty());
}

TEST_F(LedgerTest, ARetryIsRecognisedAndAnIdIsNeverReused) {
  const Transfer once{random_transfer_id(random_), TransferKind::posted, "user:ann", "user:bob",
                      {30}, {}, ""};
  EXPECT_EQ(*ledger_->apply(once), TransferOutcome::done);
  EXPECT_EQ(*ledger_->apply(once), TransferOutcome::exists);
  Transfer other = once;
  other.amount = {31};
  EXPECT_EQ(*ledger_->apply(other), TransferOutcome::exists_with_different_amount);
  EXPECT_EQ(available("user:bob"), 30);
}

TEST_F(LedgerTest, LinkedTransfersAreAllOrNothing) {
  const std::vector<Transfer> linked = {
      {random_transfer_id(random_), TransferKind::posted, "user:ann", "user:bob", {50}, {}, ""},
      {random_transfer_id(random_), TransferKind::posted, "user:ann", "user:bob", {51}, {}, ""}};
  const auto outcomes = *ledger_->apply(linked);
  EXPECT_EQ(outcomes[0], TransferOutcome::linked_failed);
  EXPECT_EQ(outcomes[1], TransferOutcome::exceeds_credits);
  EXPECT_EQ(available("user:ann"), 100);
}

TEST_F(LedgerTest, WhatWasAcknowledgedIsThereAfterReopening) {
  EXPECT_EQ(make(TransferKind::hold, "user:ann", "revenue", 60), TransferOutcome::done);
  open();
  EXPECT_EQ(available("user:ann"), 40);
  EXPECT_EQ(ledger_->open_holds()->size(), 1u);
}

// Random transfers against a naive model of two numbers an account.
TEST_F(LedgerTest, RandomTransfersAgreeWithANaiveModel) {
  std::map<std::string, std::int64_t> spendable = {{"user:ann", 100}, {"user:bob", 0}};
  std::vector<std::pair<Transfer, bool>> holds;
  for (int i = 0; i < 400; ++i) {
    const bool ann = random_.below(2) == 0;
    const std::string from = ann ? "user:ann" : "user:bob";
    const std::string to = ann ? "user:bob" : "user:ann";
    const auto amount = std::int64_t(random_.below(40)) + 1;
    if (random_.below(3) == 0 && !holds.empty()) {
      auto& [hold, open] = holds[random_.below(holds.size())];
      const auto part = std::int64_t(random_.below(std::uint64_t(hold.amount.micro) + 1));
      const auto expected = open ? TransferOutcome::done : TransferOutcome::hold_already_resolved;
      EXPECT_EQ(resolve(TransferKind::capture, hold.id, part), expected);
      if (open) spendable[hold.debit] += hold.amount.micro - part;
      if (open) spendable[hold.credit] += part;
      open = false;
      continue;
    }
    const bool hold = random_.below(2) == 0;
    const auto kind = hold ? TransferKind::hold : TransferKind::posted;
    const auto outcome = make(kind, from, to, amount);
    if (spendable[from] < amount) {
      EXPECT_EQ(outcome, TransferOutcome::exceeds_credits);
      continue;
    }
    EXPECT_EQ(outcome, TransferOutcome::done);
    spendable[from] -= amount;
    if (hold) holds.push_back({Transfer{last_, kind, from, to, {amount}, {}, ""}, true});
    if (!hold) spendable[to] += amount;
  }
  for (const auto& [id, expected] : spendable) EXPECT_EQ(available(id), expected) << id;
  EXPECT_TRUE(*ledger_->reconciles());
}

TEST(Credits, TextHasSixDecimals) {
  EXPECT_EQ(to_text(Credits{1'234'567}), "1.234567");
  EXPECT_EQ(to_text(Credits{-5}), "-0.000005");
}

}  // namespace
}  // namespace cambium::gateway
