// A small model on a compute chain, a utility chain beside it, and everyone an expert meets.
#pragma once

#include <string>
#include <vector>

#include "cambium/datasets/v1/datasets.pb.h"
#include "cambium/evaluation/v1/evaluation.pb.h"
#include "cambium/interchain/v1/interchain.pb.h"
#include "cambium/models/v1/models.pb.h"
#include "cambium/rewards/v1/rewards.pb.h"
#include "chain/testing/world.hpp"

namespace cambium::chain::testing {

namespace mpb = cambium::models::v1;
namespace epb = cambium::evaluation::v1;
namespace rpb = cambium::rewards::v1;
namespace ipb = cambium::interchain::v1;
namespace dpb = cambium::datasets::v1;

inline constexpr std::int64_t kMilliNat = 1'000'000;

/// Mean gain of each slice and half in 0.001 nats; "code" is the target.
struct Measured {
  std::int64_t code_public = 500, code_hidden = 500, law_public = 0, law_hidden = 0;
};

/// What a trainer offers.
struct Offer {
  std::vector<mpb::BlockHeader> headers;
  std::uint64_t declared_gain_nano = 1;
  Hash salt;
  std::vector<std::string> datasets = {};
};

/// Model "nano": 2 layers, 2 anchor experts a layer, at most 4 with contributed ones; slices
/// "code" and "law".
class ExpertStory {
 public:
  ExpertStory();

  World compute;
  World utility;
  Actor owner = actor("alice"), trainer = actor("bob"), evaluator = actor("carol"),
        gateway = actor("dora"), contributor = actor("erin"), relayer = actor("fred");

  /// One transaction on one of the chains, with that chain's id.
  void on(World& world, Step step, Expect expect = {});

  void open_model();
  void bond(const Actor& who);
  std::string lease(const Actor& who, std::uint32_t layer);
  mpb::BlockHeader expert(const Actor& who, const std::string& name, const std::string& payload);
  Offer offer(const Actor& who, const std::string& name, const std::string& payload);

  /// Commits; the candidate's number.
  std::uint64_t commit(const Actor& who, const Offer& offer, Expect expect = {});
  void reveal(const Actor& who, std::uint64_t candidate, const Offer& offer, Expect expect = {});
  /// One seat commits and reveals this measurement.
  void measure(const Actor& who, std::uint64_t candidate, const epb::Report& report);
  epb::Report report(const Measured& measured) const;
  epb::Report gate_refusal(epb::Reason reason) const;
  /// commit, reveal, draw and measure by the evaluator.
  epb::Candidate story(const Actor& who, const Offer& offer, const epb::Report& report);

  epb::Candidate candidate(std::uint64_t id) const;
  mpb::Model model() const;

  /// Carries headers, packets and acknowledgements from one chain to the other.
  void relay(World& from, World& to);
  /// A header of `world`'s next height, signed by `by`.
  ipb::SignedHeader header(const World& world, const Actor& by) const;
  ipb::UpdateClient update(const World& from, const Actor& by) const;
  std::vector<ipb::Packet> pending(const World& world) const;
  ipb::RecvPacket delivery(const World& from, const ipb::Packet& packet) const;
  /// That `world` has not received a packet.
  std::string absence_proof(const World& world, std::uint64_t sequence) const;

 private:
  const Actor operator_ = actor("operator");
};

/// Every chain knows the other by one client.
inline const std::string kClient = "peer";
std::string digest(std::string_view of);

}  // namespace cambium::chain::testing
