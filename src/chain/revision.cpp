#include "chain/revision.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "chain/detail/invariants.hpp"
#include "chain/modules/interchain/interchain.hpp"
#include "chain/modules/slashing/tables.hpp"
#include "chain/records.hpp"

namespace cambium::chain {
namespace {

struct Lineage {
  std::string_view name;  // with the dash
  std::uint64_t revision = 0;
};

std::optional<Lineage> lineage_of(std::string_view chain_id) {
  const auto dash = chain_id.rfind('-');
  if (dash == chain_id.npos || dash == 0) return std::nullopt;
  const auto digits = chain_id.substr(dash + 1);
  Lineage out{chain_id.substr(0, dash + 1), 0};
  const auto end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, out.revision);
  if (parsed.ec != std::errc{} || parsed.ptr != end || digits.front() == '0') return std::nullopt;
  return out;
}

class Changes {
 public:
  explicit Changes(const state::View& state) : state_(state) {}

  /// Visits a table's entries; `change(key, value)` answers what the entry becomes.
  template <class Change>
  void over(ByteView prefix, Change&& change) {
    state_.scan({prefix, {}}, [&](ByteView key, ByteView value) {
      if (auto after = change(key, value); !after || !equal(*after, value)) {
        put(key, to_bytes(value), std::move(after));
      }
      return true;
    });
  }
  void put(ByteView key, std::optional<Bytes> before, std::optional<Bytes> after) {
    diff_.push_back({to_bytes(key), std::move(before), std::move(after)});
  }
  state::Diff take() {
    std::sort(diff_.begin(), diff_.end(),
              [](const auto& a, const auto& b) { return less(a.key, b.key); });
    return std::move(diff_);
  }

 private:
  const state::View& state_;
  state::Diff diff_;
};

void rename_clients(Changes& changes, const std::vector<ChainRename>& others) {
  changes.over(interchain::kClients.prefix(), [&](ByteView, ByteView value) {
    auto client = interchain::kClients.decoded(value);
    for (const auto& other : others) {
      if (client.chain_id() == other.from) client.set_chain_id(other.to);
    }
    return std::optional(encode_record(client));
  });
}

// The calendar is asked for exactly the height of a block, and those below the first have none.
void move_upgrades(Changes& changes, const state::View& state, Height first) {
  std::optional<v1::Upgrade> due;
  changes.over(kUpgrades.prefix(), [&](ByteView key, ByteView value) -> std::optional<Bytes> {
    const auto height = std::get<0>(kUpgrades.parse(key));
    const auto upgrade = kUpgrades.decoded(value);
    const auto params = state.get(kParams.key({}));
    const bool done = params && kParams.decoded(*params).rules_version() >= upgrade.rules_version();
    if (height >= first.value || done) return to_bytes(value);
    if (!due || upgrade.rules_version() > due->rules_version()) due = upgrade;
    return std::nullopt;
  });
  if (!due) return;
  const Bytes key = kUpgrades.key({first.value});
  if (state.get(key)) return;  // a newer one is due there anyway
  due->set_height(first.value);
  changes.put(key, std::nullopt, encode_record(*due));
}

}  // namespace

Result<std::string> next_revision(std::string_view chain_id) {
  if (const auto lineage = lineage_of(chain_id)) {
    return fmt::format("{}{}", lineage->name, lineage->revision + 1);
  }
  return fail(ErrorCode::invalid_input,
              fmt::format("The chain id `{}` has no revision at its end, as in `name-1`; say what "
                          "the new one is to be.", chain_id));
}

bool same_lineage(std::string_view a, std::string_view b) {
  const auto left = lineage_of(a), right = lineage_of(b);
  return left && right && left->name == right->name;
}

state::Diff opening(const state::View& state, const NewLife& life) {
  Changes changes(state);
  rename_clients(changes, life.others);
  move_upgrades(changes, state, life.first);
  changes.over(slashing::kAbsences.prefix(), [](ByteView, ByteView value) {
    const auto absence = slashing::kAbsences.decoded(value);
    return absence.days_charged() == 0 ? std::nullopt : std::optional(to_bytes(value));
  });
  return changes.take();
}

v1::Genesis continue_genesis(const Registry& registry, const Continuation& from) {
  v1::Genesis genesis;
  genesis.set_chain_id(from.life.chain_id);
  genesis.set_time_ms(from.time.value);
  genesis.set_initial_height(from.life.first.value);
  for (const Module* module : registry.modules()) {
    genesis.add_modules()->set_name(std::string(module->name));
  }
  genesis.set_state_root(to_string(from.state_root));
  *genesis.mutable_origin() = from.origin;
  return genesis;
}

Status audit_state(const Registry& registry, const state::View& state) {
  detail::InvariantRun run(registry, detail::InvariantSubject::whole_state);
  state.scan({}, [&](ByteView key, ByteView value) {
    run.visit({to_bytes(key), std::nullopt, to_bytes(value)});
    return run.found().empty();
  });
  const auto broken = run.finish({{.may_mint = true, .may_burn = true}, state});
  if (broken.empty()) return {};
  return fail(ErrorCode::corrupt,
              "The state breaks a rule of its chain, so it is not used: " + broken.front());
}

}  // namespace cambium::chain
