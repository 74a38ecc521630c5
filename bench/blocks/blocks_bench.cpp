// How fast parameter blocks are verified outside the transaction path, and that the cost of one
// does not depend on how many came before (B/CORE-10).
#include <fmt/format.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

#include "chain/modules/models/block_header.hpp"
#include "chain/modules/models/block_verifier.hpp"
#include "crypto/sha256.hpp"
#include "engine/native_verifier.hpp"
#include "schema/canonical.hpp"

namespace {

using namespace cambium;
namespace pb = chain::models::pb;

/// Halves of a batch on two threads; verdicts stay in order.
class TwoThreads final : public crypto::SignatureVerifier {
 public:
  bool verify(const crypto::SignedMessage& item) const override { return inner_.verify(item); }
  std::vector<bool> verify_all(std::span<const crypto::SignedMessage> items) const override {
    const std::size_t half = items.size() / 2;
    std::vector<bool> front;
    std::jthread other([&] { front = inner_.verify_all(items.first(half)); });
    const auto back = inner_.verify_all(items.subspan(half));
    other.join();
    front.insert(front.end(), back.begin(), back.end());
    return front;
  }

 private:
  engine::NativeVerifier inner_;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Of this process: what other programs do on the machine is not in it.
double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

double resident_mib() {
  long pages = 0, resident = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%ld %ld", &pages, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return double(resident) * double(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

struct Made {
  Bytes header;
  Bytes signature;
};

/// A chain of expert versions of one author: every block depends on two earlier ones.
class Author {
 public:
  Made next(const crypto::SigningKey* signer) {
    header_.set_payload_root(to_string(crypto::sha256(as_bytes(std::to_string(count_))).view()));
    header_.clear_depends_on();
    for (const auto& id : last_) header_.add_depends_on(to_string(id.view()));
    Made made{schema::encode(header_), {}};
    const auto id = chain::models::block_id(made.header);
    if (signer) made.signature = signer->sign(id.view());
    last_.push_back(id);
    if (last_.size() > 2) last_.erase(last_.begin());
    ++count_;
    return made;
  }
  explicit Author(const crypto::SigningKey& key) {
    header_.set_chain("B");
    header_.set_model("bench");
    header_.set_type(pb::BLOCK_TYPE_EXPERT);
    header_.set_name("layer0.expert4");
    header_.set_payload_type(pb::PAYLOAD_TYPE_TENSORBLOCK);
    header_.set_payload_bytes(1 << 20);
    header_.set_meta(std::string(32, 'm'));
    header_.set_base_head(std::string(32, 'h'));
    header_.set_lineage_root(std::string(32, 'l'));
    header_.set_account(to_string(crypto::address_of(key.public_key()).view()));
    header_.set_key_type(1);
    header_.set_key(to_string(ByteView(key.public_key().bytes)));
    header_.set_nonce(1);
  }

 private:
  pb::BlockHeader header_;
  std::vector<BlockId> last_;
  std::uint64_t count_ = 0;
};

std::vector<chain::models::ReceivedBlock> received(const std::vector<Made>& made) {
  std::vector<chain::models::ReceivedBlock> out;
  for (const auto& block : made) out.push_back({block.header, block.signature});
  return out;
}

/// Median of `rounds` times of verifying the same 1,000 blocks from nothing.
double thousand(const std::vector<Made>& made, const crypto::SignatureVerifier* verifier) {
  const auto blocks = received(made);
  std::vector<double> times;
  for (int round = 0; round < 9; ++round) {
    chain::models::BlockVerifier fresh({}, verifier);
    const auto start = std::chrono::steady_clock::now();
    if (!fresh.add(blocks)) return -1;
    times.push_back(seconds_since(start));
  }
  std::ranges::nth_element(times, times.begin() + 4);
  return times[4];
}

/// Processor time of the blocks before each power of ten: the last 10,000, or all where there are
/// fewer.
void flatness(const crypto::SigningKey& key) {
  Author author(key);
  chain::models::BlockVerifier all({});
  double first = 0, spent = 0;
  std::size_t counted = 0;
  for (std::size_t done = 0, mark = 1'000; mark <= 1'000'000;) {
    std::vector<Made> made;
    for (int i = 0; i < 1'000; ++i) made.push_back(author.next(nullptr));
    const auto blocks = received(made);
    if (done + 10'000 == mark) spent = 0, counted = 0;
    const double start = processor_seconds();
    if (!all.add(blocks)) return;
    spent += processor_seconds() - start;
    counted += 1'000;
    done += 1'000;
    if (done < mark) continue;
    const double each = spent / double(counted);
    if (first == 0) first = each;
    fmt::print("after {:>9} blocks: {:6.2f} us a block ({:.2f}x), {:6.1f} MiB resident\n", done,
               each * 1e6, each / first, resident_mib());
    mark *= 10;
  }
}

}  // namespace

int main() {
  SeededRandom random(1);
  const auto key = crypto::generate_key(crypto::KeyType::ed25519, random);
  Author author(*key);
  std::vector<Made> made;
  for (int i = 0; i < 1'000; ++i) made.push_back(author.next(key.get()));
  const TwoThreads signatures;
  const double plain = thousand(made, nullptr);
  const double checked = thousand(made, &signatures);
  fmt::print("1,000 blocks without signatures: {:.4f} s (bar 0.05): {:.1f}x inside\n", plain,
             0.05 / plain);
  fmt::print("1,000 blocks with signatures:    {:.4f} s (bar 0.10): {:.1f}x inside\n", checked,
             0.10 / checked);
  fmt::print("resident: {:.1f} MiB (bar 80)\n", resident_mib());
  flatness(*key);
  return plain > 0 && plain <= 0.05 && checked > 0 && checked <= 0.10 ? 0 : 1;
}
