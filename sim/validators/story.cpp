#include "sim/validators/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cambium::sim {
namespace {

constexpr std::array<std::string_view, 10> kNames = {
    "pay", "delegate", "undelegate", "redelegate", "withdraw",
    "kill", "cut", "skew", "double_sign", "bad_proposal"};

/// Moments with this mean distance (uniform between nothing and twice the mean).
template <class Make>
void sprinkle(Random& random, std::int64_t end_ms, std::int64_t mean_ms, const Make& make) {
  if (mean_ms <= 0) return;
  const auto step = [&] {
    return 1 + static_cast<std::int64_t>(random.below(2 * static_cast<std::uint64_t>(mean_ms)));
  };
  for (std::int64_t at = step(); at < end_ms; at += step()) make(at);
}

Action client_action(Random& random, const StoryOptions& options, std::int64_t at) {
  Action out{.at_ms = at};
  out.who = static_cast<std::uint32_t>(random.below(options.clients));
  out.whom = static_cast<std::uint32_t>(random.below(options.validators));
  const auto dice = random.below(20);
  out.kind = dice < 10   ? ActionKind::pay
             : dice < 14 ? ActionKind::delegate
             : dice < 16 ? ActionKind::undelegate
             : dice < 18 ? ActionKind::redelegate
                         : ActionKind::withdraw;
  out.value = 1 + random.below(1'000);
  return out;
}

Action fault(Random& random, const StoryOptions& options, std::int64_t at) {
  Action out{.at_ms = at};
  out.who = static_cast<std::uint32_t>(random.below(options.validators));
  const auto dice = random.below(20);
  if (dice < 10) {
    out.kind = ActionKind::kill;
    out.value = random.below(60'000);
  } else if (dice < 15) {
    out.kind = ActionKind::cut;
    out.who = 1 + static_cast<std::uint32_t>(random.below((1u << options.validators) - 1));
    out.value = random.below(90'000);
  } else if (dice < 17) {
    out.kind = ActionKind::skew;
    out.value = random.below(10'000);
  } else {
    // Byzantine acts come from the first validator only: less than a third of the power.
    out.kind = dice < 18 ? ActionKind::double_sign : ActionKind::bad_proposal;
    out.who = 0;
  }
  return out;
}

}  // namespace

std::string_view name_of(ActionKind kind) { return kNames.at(static_cast<std::size_t>(kind)); }

std::string to_text(const Action& action) {
  const double seconds = static_cast<double>(action.at_ms) / 1000;
  return fmt::format("at {:.1f} s {} who {} whom {} value {}", seconds, name_of(action.kind),
                     action.who, action.whom, action.value);
}

std::vector<Action> make_story(const StoryOptions& options) {
  SeededRandom random(options.seed);
  const std::int64_t end = options.duration_ms - kQuietMs;
  std::vector<Action> out;
  sprinkle(random, end, options.mean_pay_ms, [&](std::int64_t at) {
    out.push_back(client_action(random, options, at));
  });
  sprinkle(random, end, options.mean_fault_ms, [&](std::int64_t at) {
    out.push_back(fault(random, options, at));
  });
  std::ranges::stable_sort(out, {}, &Action::at_ms);
  return out;
}

}  // namespace cambium::sim
