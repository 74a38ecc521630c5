// Benchmark 3, our side: proof bytes and verify time, and vectors for the ics23 crate to judge.
// Usage: bench_proof KEYS VECTORS_FILE [CASES]. About 25 lines a case, each of them:
//   exist|absent ROOT KEY VALUE|- PROOF accept|refuse
// in hex; the last word is our verdict. Every proof is there as made and mutated.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "base/check.hpp"
#include "base/hex.hpp"
#include "base/random.hpp"
#include "state/height_view.hpp"
#include "state/proof.hpp"
#include "state/tree.hpp"

namespace cambium::bench {
namespace {

struct Case {
  Bytes key;
  std::optional<Bytes> value;
  Bytes proof;
  state::Claim claim() const {
    return {key, value ? std::optional<ByteView>(*value) : std::nullopt};
  }
};

void write_line(std::ofstream& out, const Hash& root, const Case& c) {
  const bool accepted = state::verify(c.proof, root, c.claim()).has_value();
  out << fmt::format("{} {} {} {} {} {}\n", c.value ? "exist" : "absent", root.hex(),
                     to_hex(c.key), c.value ? to_hex(*c.value) : "-", to_hex(c.proof),
                     accepted ? "accept" : "refuse");
}

// One mutation of each kind that a forger would try first.
void write_mutations(std::ofstream& out, const Hash& root, const Case& c, const Case& other,
                     Random& random) {
  for (int i = 0; i < 8; ++i) {
    Case flipped = c;
    flipped.proof[random.below(c.proof.size())] ^= static_cast<std::uint8_t>(1u << random.below(8));
    write_line(out, root, flipped);
  }
  Case cut = c;
  cut.proof.resize(random.below(c.proof.size()) + 1);
  write_line(out, root, cut);
  Case swapped = c;
  swapped.proof = other.proof;
  write_line(out, root, swapped);
  Hash wrong = root;
  wrong.data[random.below(32)] ^= 1;
  write_line(out, wrong, c);
  if (auto proof = state::decode_existence(c.proof)) {
    Case longer = c;
    proof->steps.push_back({state::ProofStep::Sibling::left, Hash{}});
    longer.proof = state::encode(*proof);
    write_line(out, root, longer);
  }
  if (auto proof = state::decode_absence(c.proof)) {
    Case half = c;
    if (proof->left && proof->right) {
      (random.below(2) == 0 ? proof->left : proof->right).reset();
      half.proof = state::encode(*proof);
      write_line(out, root, half);
    }
  }
}

void time_verify(const char* kind, const std::vector<Case>& cases, const Hash& root) {
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  std::size_t count = 0, bytes = 0;
  for (const auto& c : cases) bytes += c.proof.size();
  while (elapsed() < 1.0) {
    for (const auto& c : cases)
      CHECK(state::verify(c.proof, root, c.claim()), "a proof of our own is valid");
    count += cases.size();
  }
  fmt::print("who=cambium kind={} us={:.2f} bytes={}\n", kind,
             elapsed() * 1e6 / static_cast<double>(count), bytes / cases.size());
}

Bytes key_of(std::uint64_t i) { return to_bytes("account/" + std::to_string(i)); }

int run(std::uint64_t keys, const char* path, std::uint64_t cases) {
  const auto store = state::make_memory_store();
  auto tree = state::Tree::open(*store).value();
  std::map<Bytes, Bytes> entries;
  for (std::uint64_t i = 0; i < keys; ++i) entries[key_of(i)] = Bytes(64, std::uint8_t(i + 1));
  std::vector<state::Update> updates;
  for (const auto& [key, value] : entries) updates.push_back({key, ByteView(value)});
  const Hash root = tree.stage({1}, updates).value();
  CHECK(tree.commit(state::Durability::buffered), "memory takes writes");

  const auto view = state::HeightView::open(*store, {1}).value();
  SeededRandom random(7);
  std::vector<Case> present, absent;
  for (std::uint64_t i = 0; i < cases; ++i) {
    const Bytes here = key_of(random.below(keys)), gone = key_of(keys + random.below(keys));
    present.push_back({here, entries[here], view.prove(here).value()});
    absent.push_back({gone, std::nullopt, view.prove(gone).value()});
  }
  std::ofstream out(path);
  for (std::size_t i = 0; i < present.size(); ++i)
    for (const auto* all : {&present, &absent}) {
      write_line(out, root, (*all)[i]);
      write_mutations(out, root, (*all)[i], (*all)[(i + 1) % all->size()], random);
    }
  out.close();
  time_verify("exist", present, root);
  time_verify("absent", absent, root);
  return 0;
}

}  // namespace
}  // namespace cambium::bench

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: bench_proof KEYS VECTORS_FILE [CASES]\n");
    return 2;
  }
  const std::uint64_t cases = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 300;
  return cambium::bench::run(std::strtoull(argv[1], nullptr, 10), argv[2], cases);
}
