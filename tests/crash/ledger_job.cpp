// A client of the credit ledger as a process of its own, to be killed by run.py. Its steps are a
// function of their number, so after a kill it sends the first one that was not acknowledged
// again, with the same ids, and must end with the same books as a process that nobody killed.
#include <fmt/format.h>

#include <fstream>

#include "acks_file.hpp"
#include "base/crash_point.hpp"
#include "crypto/sha256.hpp"
#include "gateway/ledger/ledger.hpp"

namespace {

using namespace cambium;
using gateway::AccountKind;
using gateway::Ledger;
using gateway::Transfer;
using gateway::TransferKind;

constexpr int kSteps = 1000;
constexpr const char* kUsers[] = {"user:ann", "user:bob", "user:cleo"};

gateway::TransferId id_of(int step, int part) {
  const Hash hash = crypto::sha256(as_bytes(fmt::format("step {} part {}", step, part)));
  gateway::TransferId id;
  std::copy_n(hash.view().begin(), id.size(), id.begin());
  return id;
}

/// One to three linked transfers: credits issued, a hold, a capture or release of an earlier one.
std::vector<Transfer> step_of(int step) {
  SeededRandom random(static_cast<std::uint64_t>(step) + 1);
  std::vector<Transfer> out;
  const auto parts = static_cast<int>(random.below(3)) + 1;
  for (int part = 0; part < parts; ++part) {
    const std::string user = kUsers[random.below(3)];
    const gateway::Credits amount{static_cast<std::int64_t>(random.below(1'000)) + 1};
    Transfer transfer{id_of(step, part), TransferKind::posted, "issuer", user, amount, {}, "test"};
    switch (random.below(4)) {
      case 0: break;
      case 1:
        transfer.kind = TransferKind::hold;
        transfer.debit = user;
        transfer.credit = "revenue";
        break;
      default:
        transfer.kind = random.below(2) == 0 ? TransferKind::capture : TransferKind::release;
        transfer.debit = transfer.credit = "";
        transfer.amount.micro = transfer.kind == TransferKind::capture ? amount.micro / 4 : 0;
        transfer.hold = id_of(static_cast<int>(random.below(std::uint64_t(step) + 1)), 0);
    }
    out.push_back(std::move(transfer));
  }
  return out;
}

/// How many steps an earlier process had acknowledged.
int acknowledged(const std::string& path) {
  std::ifstream in(path);
  int count = 0;
  for (std::string line; std::getline(in, line);) count += line.starts_with("step ") ? 1 : 0;
  return count;
}

Status print_books(Ledger& ledger) {
  for (const std::string id : {"user:ann", "user:bob", "user:cleo", "revenue", "issuer"}) {
    TRY(auto a, ledger.account(id));
    TRY(auto history, ledger.history(id, 1'000'000));
    fmt::print("{} {} {} {} {} in {} transfers\n", id, a.debits_pending.micro,
               a.debits_posted.micro, a.credits_pending.micro, a.credits_posted.micro,
               history.size());
  }
  TRY(auto sound, ledger.reconciles());
  if (!sound) return fail(ErrorCode::corrupt, "The sums differ from the transfers.");
  TRY(auto holds, ledger.open_holds());
  fmt::print("reconciles, {} open holds\n", holds.size());
  return {};
}

Status run(const std::string& file, const std::string& acks_path) {
  const SystemClock clock;
  const int begin = acknowledged(acks_path);
  TRY(auto acks, crash::AckFile::open(acks_path));
  TRY(auto ledger, Ledger::open(file, clock));
  for (const char* user : kUsers) TRY_STATUS(ledger->ensure_account(user, AccountKind::user));
  TRY_STATUS(ledger->ensure_account("revenue", AccountKind::revenue));
  TRY_STATUS(ledger->ensure_account("issuer", AccountKind::issuer));
  for (int step = begin; step < kSteps; ++step) {
    TRY(auto outcomes, ledger->apply(step_of(step)));
    static_cast<void>(outcomes);
    acks->line(fmt::format("step {}", step));
  }
  return print_books(*ledger);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: ledger_job FILE ACKS\n");
    return 2;
  }
  auto done = run(argv[1], argv[2]);
  if (!done) fmt::print(stderr, "{}\n", done.error().message);
  return done ? 0 : 1;
}
