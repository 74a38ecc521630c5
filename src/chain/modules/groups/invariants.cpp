#include "chain/modules/groups/invariants.hpp"

#include <map>

#include "chain/modules/groups/groups.hpp"

namespace cambium::chain::groups {
namespace {

__extension__ using i128 = __int128;  // differences of sums of 64-bit weights

class MembersCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    const TableId id{change.key[0], change.key[1]};
    if (id == kMembers.id()) {
      const auto group = std::get<0>(kMembers.parse(change.key));
      add(group, change, kMembers, 1, [](const auto&) { return i128{1}; });
    } else if (id == kGroups.id()) {
      const auto group = std::get<0>(kGroups.parse(change.key));
      add(group, change, kGroups, -1, [](const pb::Group& g) { return i128(g.members()); });
    } else {
      const auto group = std::get<1>(kMemberships.parse(change.key));
      moved_[group].listed += int(change.after.has_value()) - int(change.before.has_value());
    }
  }

  std::optional<std::string> finalize(const InvariantScope&) override {
    for (const auto& [group, moved] : moved_) {
      if (moved.weight != 0) return "a group's weight is not that of its members";
      if (moved.count != 0) return "a group counts other members than it has";
      if (moved.members != moved.listed) return "the lists of an account's groups are wrong";
    }
    return std::nullopt;
  }

 private:
  struct Moved {
    i128 weight = 0;
    i128 count = 0;
    int members = 0;
    int listed = 0;
  };

  static i128 weight(const pb::MemberRecord& member) { return member.weight(); }
  static i128 weight(const pb::Group& group) { return group.total_weight(); }

  template <class Table, class Number>
  void add(std::uint64_t group, const state::Change& change, const Table&, int sign,
           Number number) {
    auto& moved = moved_[group];
    if (change.after) {
      const auto record = Table::decoded(*change.after);
      moved.weight += sign * weight(record);
      moved.count += sign * number(record);
    }
    if (change.before) {
      const auto record = Table::decoded(*change.before);
      moved.weight -= sign * weight(record);
      moved.count -= sign * number(record);
    }
    if (sign > 0) moved.members += int(change.after.has_value()) - int(change.before.has_value());
  }

  std::map<std::uint64_t, Moved> moved_;
};

}  // namespace

Invariant members_add_up() {
  return invariant<MembersCheck>("groups.members_add_up",
                                 {kGroups.id(), kMembers.id(), kMemberships.id()});
}

}  // namespace cambium::chain::groups
