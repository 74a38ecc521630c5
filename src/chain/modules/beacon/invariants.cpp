#include "chain/modules/beacon/session.hpp"

namespace cambium::chain::beacon {
namespace {

template <class Members>
bool is_whole(const Members& members) {
  std::uint64_t next = 1;
  for (const pb::Member& member : members) {
    if (member.first() != next || member.count() == 0) return false;
    next += member.count();
  }
  return next == crypto::kBeaconShares + 1;
}

class WholeCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    if (!change.after) return;
    if (change.key[1] == kGroups.id().table) {
      broken_ |= !is_whole(decltype(kGroups)::decoded(*change.after).members());
      return;
    }
    const auto session = decltype(kSession)::decoded(*change.after);
    broken_ |= session.phase() != pb::PHASE_NONE && !is_whole(session.members());
  }
  std::optional<std::string> finalize(const InvariantScope&) override {
    if (!broken_) return std::nullopt;
    return "a beacon group does not hand out each of its shares exactly once";
  }

 private:
  bool broken_ = false;
};

}  // namespace

Invariant shares_are_whole() {
  return invariant<WholeCheck>("beacon.shares_are_whole", {kGroups.id(), kSession.id()});
}

}  // namespace cambium::chain::beacon
