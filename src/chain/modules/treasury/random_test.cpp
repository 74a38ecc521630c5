// Random spending beside a naive model: the same verdicts and the same coins, step after step (the
// invariant of the treasury runs each time). CAMBIUM_TREASURY_OPERATIONS makes it longer.
#include <cstdlib>

#include "base/random.hpp"
#include "chain/modules/governance/governance.hpp"
#include "chain/modules/testing/governance_story.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain::testing {
namespace {

/// What a person with a notebook would write down.
struct Notebook {
  struct Stream {
    int to = 0;
    std::uint64_t amount = 0, paid = 0;
    std::int64_t start = 0, end = 0;
    bool open = true;
  };
  struct Part {
    std::uint64_t amount = 0;
    std::int64_t due = 0;
    bool open = true;
  };
  struct Grant {
    int to = 0;
    std::vector<Part> parts;
  };
  std::uint64_t held = 0;
  std::uint64_t promised = 0;
  std::vector<std::uint64_t> people = std::vector<std::uint64_t>(3);
  std::vector<Stream> streams;
  std::vector<Grant> grants;

  std::uint64_t free() const { return held - promised; }
  void pay(int to, std::uint64_t amount) {
    held -= amount;
    people[std::size_t(to)] += amount;
  }
  static std::uint64_t run(const Stream& s, std::int64_t now) {
    if (now <= s.start) return 0;
    if (now >= s.end) return s.amount;
    return std::uint64_t(u128(s.amount) * std::uint64_t(now - s.start) /
                         std::uint64_t(s.end - s.start));
  }
};

constexpr std::size_t kKept = 32;

class RandomTreasury : public ::testing::Test {
 protected:
  RandomTreasury() {
    book_.held = cbm(10'000).ucbm;
    for (int i = 0; i < 3; ++i) {
      people_.push_back(actor("worker" + std::to_string(i)));
      reviewer_ = actor("reviewer");
    }
  }
  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
  /// One of the last 32; older ones are all closed.
  std::size_t recent(std::size_t count) {
    return count - 1 - below(std::min<std::size_t>(count, kKept));
  }
  std::int64_t now() const { return s_.w.info().time.value; }

  /// Runs a message as `sender` the way a block would, and tells its verdict.
  TxStatus run(const Address& sender, ProtoMessage& msg) {
    const auto* field = msg.GetDescriptor()->FindFieldByNumber(1);
    msg.GetReflection()->SetString(&msg, field, to_field(sender));
    const auto& handler = *s_.w.registry().handler(*msg.GetDescriptor());
    TxStatus status = handler.preflight(msg);
    s_.w.between_blocks({}, [&](Context& ctx) {
      if (status == ok) status = handler.check(ctx, msg);
      if (status == ok) status = handler.apply(ctx, msg);
    });
    return status;
  }
  TxStatus govern(ProtoMessage& msg) { return run(governance::governance_account(), msg); }

  void pay();
  void open_stream();
  void claim_stream();
  void stop_stream();
  void stop_stream(std::size_t i);
  void open_grant();
  void release();
  void stop_grant();
  void retire_grant(std::size_t i);
  void give_back();
  void work();
  void compare();

  SeededRandom random_{2026};
  GovernanceStory s_;
  std::vector<Actor> people_;
  Actor reviewer_;
  Notebook book_;
};

void RandomTreasury::pay() {
  const int to = int(below(3));
  tpb::Pay msg;
  msg.set_to(people_[std::size_t(to)].field());
  msg.set_amount_ucbm(1 + below(cbm(1'500).ucbm));
  const bool fits = book_.free() >= msg.amount_ucbm();
  ASSERT_EQ(govern(msg), fits ? ok : treasury_short);
  if (fits) book_.pay(to, msg.amount_ucbm());
}

void RandomTreasury::open_stream() {
  Notebook::Stream stream;
  stream.to = int(below(3));
  stream.amount = 1 + below(cbm(2'000).ucbm);
  stream.start = now() + std::int64_t(below(50'000));
  stream.end = stream.start + 1 + std::int64_t(below(200'000));
  tpb::OpenStream msg;
  msg.set_to(people_[std::size_t(stream.to)].field());
  msg.set_amount_ucbm(stream.amount);
  msg.set_start_ms(stream.start);
  msg.set_end_ms(stream.end);
  const bool fits = book_.free() >= stream.amount;
  ASSERT_EQ(govern(msg), fits ? ok : treasury_short);
  if (!fits) return;
  book_.promised += stream.amount;
  book_.streams.push_back(stream);
  if (book_.streams.size() > kKept) stop_stream(book_.streams.size() - 1 - kKept);
}

void RandomTreasury::claim_stream() {
  if (book_.streams.empty()) return;
  const std::size_t i = recent(book_.streams.size());
  tpb::ClaimStream msg;
  msg.set_stream(i + 1);
  const TxStatus status = run(reviewer_.address(), msg);
  auto& stream = book_.streams[i];
  if (!stream.open) {
    ASSERT_EQ(status, stream_not_found);
    return;
  }
  const std::uint64_t owed = Notebook::run(stream, now()) - stream.paid;
  ASSERT_EQ(status, owed > 0 ? ok : nothing_to_claim);
  stream.paid += owed;
  stream.open = stream.paid < stream.amount;
  book_.promised -= owed;
  book_.pay(stream.to, owed);
}

void RandomTreasury::stop_stream() {
  if (!book_.streams.empty()) stop_stream(recent(book_.streams.size()));
}

void RandomTreasury::stop_stream(std::size_t i) {
  tpb::StopStream msg;
  msg.set_stream(i + 1);
  const TxStatus status = govern(msg);
  auto& stream = book_.streams[i];
  ASSERT_EQ(status, stream.open ? ok : stream_not_found);
  if (!stream.open) return;
  const std::uint64_t owed = Notebook::run(stream, now()) - stream.paid;
  book_.promised -= stream.amount - stream.paid;
  book_.pay(stream.to, owed);
  stream.open = false;
}

void RandomTreasury::open_grant() {
  Notebook::Grant grant;
  grant.to = int(below(3));
  tpb::OpenGrant msg;
  msg.set_to(people_[std::size_t(grant.to)].field());
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i <= below(4); ++i) {
    const std::int64_t due = below(2) ? now() + std::int64_t(below(100'000)) : 0;
    grant.parts.push_back({1 + below(cbm(500).ucbm), due});
    auto* milestone = msg.add_milestones();
    milestone->set_amount_ucbm(grant.parts.back().amount);
    milestone->set_due_ms(due);
    sum += grant.parts.back().amount;
  }
  msg.add_reviewers(reviewer_.field());
  msg.set_needed(1);
  const bool fits = book_.free() >= sum;
  ASSERT_EQ(govern(msg), fits ? ok : treasury_short);
  if (!fits) return;
  book_.promised += sum;
  book_.grants.push_back(grant);
  if (book_.grants.size() > kKept) retire_grant(book_.grants.size() - 1 - kKept);
}

void RandomTreasury::release() {
  if (book_.grants.empty()) return;
  const std::size_t i = recent(book_.grants.size());
  auto& grant = book_.grants[i];
  const std::size_t number = below(grant.parts.size());
  tpb::ReleaseMilestone msg;
  msg.set_grant(i + 1);
  msg.set_milestone(std::uint32_t(number + 1));
  const TxStatus status = run(reviewer_.address(), msg);
  auto& part = grant.parts[number];
  if (!part.open) {
    ASSERT_EQ(status, milestone_closed);
    return;
  }
  if (part.due != 0 && now() > part.due) {
    ASSERT_EQ(status, deadline_passed);
    return;
  }
  ASSERT_EQ(status, ok);
  part.open = false;
  book_.promised -= part.amount;
  book_.pay(grant.to, part.amount);
}

void RandomTreasury::stop_grant() {
  if (book_.grants.empty()) return;
  const std::size_t i = recent(book_.grants.size());
  tpb::StopGrant msg;
  msg.set_grant(i + 1);
  const TxStatus status = run(reviewer_.address(), msg);  // anyone: only what is overdue returns
  bool any = false;
  for (auto& part : book_.grants[i].parts) {
    if (!part.open || part.due == 0 || now() <= part.due) continue;
    part.open = false;
    book_.promised -= part.amount;
    any = true;
  }
  ASSERT_EQ(status, any ? ok : deadline_not_passed);
}

/// A proposal takes back whatever is open.
void RandomTreasury::retire_grant(std::size_t i) {
  tpb::StopGrant msg;
  msg.set_grant(i + 1);
  const TxStatus status = govern(msg);
  bool any = false;
  for (auto& part : book_.grants[i].parts) {
    if (part.open) book_.promised -= part.amount;
    any = any || part.open;
    part.open = false;
  }
  ASSERT_EQ(status, any ? ok : milestone_closed);
}

void RandomTreasury::give_back() {
  const std::size_t who = below(3);
  const std::uint64_t half = book_.people[who] / 2;
  s_.w.between_blocks({}, [&](Context& ctx) {
    const bank::Transfer gift{people_[who].address(), module_address("treasury"),
                              bank::coin(half)};
    ASSERT_EQ(bank::transfer(ctx, gift), ok);
  });
  book_.people[who] -= half;
  book_.held += half;
}

void RandomTreasury::compare() {
  ASSERT_EQ(s_.w.balance(module_address("treasury")), book_.held);
  ASSERT_EQ(treasury::kBook.get_or_default(s_.w.read(), {}).promised_ucbm(), book_.promised);
  for (std::size_t i = 0; i < people_.size(); ++i) {
    ASSERT_EQ(s_.w.balance(people_[i]), book_.people[i]);
  }
}

void RandomTreasury::work() {
  using Work = void (RandomTreasury::*)();
  const Work works[] = {&RandomTreasury::pay,          &RandomTreasury::open_stream,
                        &RandomTreasury::claim_stream, &RandomTreasury::stop_stream,
                        &RandomTreasury::open_grant,   &RandomTreasury::release,
                        &RandomTreasury::stop_grant};
  (this->*works[below(std::size(works))])();
}

TEST_F(RandomTreasury, KeepsTheBooksOfANaiveModel) {  // H/GO-02
  const char* wanted = std::getenv("CAMBIUM_TREASURY_OPERATIONS");
  const int operations = wanted ? std::atoi(wanted) : 2'000;
  for (int i = 0; i < operations && !HasFatalFailure(); ++i) {
    if (below(8) == 0) give_back();  // so that there is always something to spend
    work();
    compare();
  }
  EXPECT_GT(book_.streams.size() + book_.grants.size(), std::size_t(operations) / 20);
}

}  // namespace
}  // namespace cambium::chain::testing
