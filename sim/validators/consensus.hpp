// A model of what CometBFT guarantees, in virtual time: one order of blocks, decided by more than
// two thirds of the power that can reach each other, proposers in turn by power, evidence reported
// once, whoever missed blocks replays them. The applications under it are the real ones; separate
// tests run them under the real CometBFT.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "sim/scheduler.hpp"
#include "sim/validators/replica.hpp"

namespace cambium::sim {

/// One validator's place in the model.
struct Member {
  Bytes key;                     // consensus key
  chain::Address address;        // of that key
  std::unique_ptr<Replica> replica;
  std::uint64_t applied = 0;     // height up to which its application has answered
  std::uint64_t stored = 0;      // height up to which its consensus side has the blocks
  std::uint32_t island = 0;      // members of one island reach each other
  std::int64_t skew_ms = 0;
  std::vector<std::string> mempool;
  bool garbles_next = false;     // its next proposal is garbage
  bool halted = false;           // its application gave up
  std::shared_ptr<const crypto::SigningKey> signer = {};  // of the consensus key
  std::set<std::string> leaves_out = {};  // transactions that it never proposes
};

struct ConsensusRules {
  std::int64_t idle_ms = 30'000;
  std::int64_t commit_wait_ms = 500;   // after a block, for late votes
  std::int64_t round_ms = 3'000;       // before another proposer tries
};

class Consensus {
 public:
  using Complain = std::function<void(std::string)>;
  Consensus(Scheduler& scheduler, Random& random, ConsensusRules rules, Complain complain)
      : scheduler_(scheduler), random_(random), rules_(rules), complain_(std::move(complain)) {}

  void add(Member member) { members_.push_back(std::move(member)); }
  /// Sends InitChain to everybody and schedules the first round.
  void begin(const ReplicaGround& ground);

  std::vector<Member>& members() { return members_; }
  std::uint64_t height() const { return blocks_.size(); }
  std::uint64_t rounds() const { return rounds_; }
  std::uint64_t refused_proposals() const { return refused_proposals_; }
  /// Blocks that carried randomness.
  std::uint64_t beacon_rounds() const { return rounds_of_beacon_.size(); }
  /// Power in the set of the next height.
  std::uint64_t power_of(const chain::Address& validator) const;

  /// A client hands a transaction to a member, which checks and gossips it. Its word on it;
  /// nothing when it is down.
  std::optional<chain::TxStatus> submit(std::size_t member, const std::string& raw);
  void kill(std::size_t member);
  /// Starts it and lets it replay what it missed, from itself and from those it reaches.
  void restart(std::size_t member);
  /// Members of the bit set become an island of their own; 0 ends every partition.
  void cut(std::uint32_t island_bits);
  /// Reports it once, in the next block. Nothing when it has no power.
  void double_sign(std::size_t member);

 private:
  using Set = std::map<chain::Address, std::uint64_t>;
  struct Evidence {
    chain::Address validator;
    std::uint64_t height;
    std::int64_t time_ms;
    std::uint64_t power;
  };

  void init_chain(Member& member);
  void tick();
  bool due() const;
  std::int64_t block_time() const;
  void round();
  std::size_t next_proposer();
  std::vector<std::size_t> reachable(std::size_t from);
  bool propose(std::size_t proposer, const std::vector<std::size_t>& voters);
  engine::abci::Request proposal_of(std::size_t proposer);
  engine::abci::Request prepare_request(std::size_t proposer) const;
  /// Asks every signer of the newest block for its vote's extension, before any has executed it.
  void extend_votes();
  std::string extension_of(Member& member, const tendermint::abci::RequestFinalizeBlock& block);
  /// What a proposer who wants other randomness could try; complains when something works.
  void grind(std::size_t proposer, std::size_t judge, const engine::abci::Request& proposal);
  void decide(std::size_t proposer, const std::vector<std::size_t>& signers,
              const google::protobuf::RepeatedPtrField<std::string>& txs);
  void apply_next(Member& member);
  void catch_up(std::size_t member);
  void recheck(Member& member);
  enum class Check : std::uint8_t { first, again };
  chain::TxStatus check_tx(Member& member, const std::string& raw, Check check);
  void learn_updates(const engine::abci::Response& reply, std::uint64_t height);
  Member* find(const chain::Address& address);

  Scheduler& scheduler_;
  Random& random_;
  ConsensusRules rules_;
  Complain complain_;
  std::string chain_id_, genesis_hash_;
  std::int64_t genesis_time_ms_ = 0;
  std::vector<Member> members_;
  std::vector<tendermint::abci::RequestFinalizeBlock> blocks_;  // of height i + 1
  std::vector<std::string> app_hashes_;                         // after height i + 1; first seen
  std::map<std::uint64_t, Set> sets_;                           // by the height they vote on
  std::map<chain::Address, std::int64_t> priorities_;
  tendermint::abci::CommitInfo last_commit_;
  tendermint::abci::ExtendedCommitInfo last_extended_;
  bool extends_ = false;                        // votes of this chain are extended
  std::map<std::uint64_t, std::string> rounds_of_beacon_;  // group signature by block's height
  std::deque<Evidence> evidence_;
  std::int64_t last_block_ms_ = 0;  // virtual time of the last decision
  bool owes_root_ = true;           // the app hash moved: one more block carries it
  std::uint64_t rounds_ = 0;
  std::uint64_t refused_proposals_ = 0;
};

}  // namespace cambium::sim
