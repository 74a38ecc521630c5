// The nano main job as a process of its own, to be killed: nano_job HOME runs or goes on with it,
// nano_job --points lists the named crash points, nano_job --check HOME tells what must hold.
#include <fmt/format.h>

#include <cstdlib>
#include <cstring>
#include <map>

#include "base/crash_point.hpp"
#include "base/log.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/rewards/rewards.hpp"
#include "node/main_job.hpp"
#include "node/model_loader.hpp"

namespace {

using namespace cambium;

/// CAMBIUM_JOB_PROFILE=quick makes it the larger job, for a closer look.
learn::Profile profile() {
  const char* name = std::getenv("CAMBIUM_JOB_PROFILE");
  return learn::parse_profile(name == nullptr ? "nano" : name).value_or(learn::Profile::nano);
}

Result<std::unique_ptr<node::Node>> open_node(const std::string& home, const Clock& clock,
                                              Random& random) {
  TRY(auto config, Config::load(std::filesystem::path(home) / "cambium.toml",
                                process_environment()));
  TRY_STATUS(config.set("engine.compute_idle_ms", "500", "test"));
  TRY_STATUS(config.set("engine.utility_idle_ms", "500", "test"));
  return node::Node::open({home, config, clock, random, {}, profile()});
}

/// Counts that must not depend on where earlier processes died.
Status report(node::Node& node) {
  TRY(auto view, node.compute().state_at());
  TRY(auto head, node::read_head(view, std::string(node::kMainModel)));
  std::map<std::string, int> statuses;
  const Bytes candidates = chain::evaluation::kCandidates.prefix();
  view.scan({candidates, {}}, [&](ByteView, ByteView value) {
    const auto candidate = chain::evaluation::kCandidates.decoded(value);
    ++statuses[cambium::evaluation::v1::CandidateStatus_Name(candidate.status())];
    return true;
  });
  TRY(auto utility, node.utility().state_at());
  int payouts = 0;
  const Bytes paid = chain::rewards::kPayouts.prefix();
  utility.scan({paid, {}}, [&](ByteView, ByteView) { return ++payouts > 0; });
  for (auto* engine : node.chains()) {
    TRY(auto state, engine->state_at());
    std::uint64_t sum = 0;
    const Bytes balances = chain::bank::kBalances.prefix();
    state.scan({balances, {}}, [&](ByteView, ByteView value) {
      sum += chain::bank::kBalances.decoded(value).amount();
      return true;
    });
    auto supply = state.get(chain::bank::kSupplies.key({chain::bank::kUcbm}));
    const bool conserved =
        supply && chain::bank::kSupplies.decoded(*supply).total() == sum;
    fmt::print("conserved {} {}\n", engine->alias(), conserved);
    for (std::uint64_t h = 1; h <= engine->status().height.value; ++h) {
      TRY(auto block, engine->block({h}));
      static_cast<void>(block);
    }
  }
  fmt::print("contributed {}\npayouts {}\n", head.contributed.size(), payouts);
  for (const auto& [status, count] : statuses) fmt::print("{} {}\n", status, count);
  for (const auto& [name, root] : head.payloads) {
    TRY(auto payload, node.store().open(root));
    TRY_STATUS(payload->verify_all());
  }
  fmt::print("payloads {}\n", head.payloads.size());
  return {};
}

Status run(const std::string& home, bool check_only) {
  SystemClock clock;
  SystemRandom random;
  TRY(auto node, open_node(home, clock, random));
  TRY_STATUS(node->start());
  if (check_only) {
    TRY_STATUS(report(*node));
    node->stop();
    return {};
  }
  node::MainJob job(*node, {profile(), 7, node::MainJobOptions::Refusals::shown},
                    [](const node::StoryLine& line) {
                      fmt::print("{:6.1f} {} {}\n", line.seconds, line.step, line.text);
                      std::fflush(stdout);
                    });
  std::stop_source never;
  return job.run(never.get_token());
}

}  // namespace

int main(int argc, char** argv) {
  set_up_logging("warn");
  if (argc == 2 && std::strcmp(argv[1], "--points") == 0) {
    for (const auto& name : cambium::crash_point_names()) fmt::print("{}\n", name);
    return 0;
  }
  const bool check_only = argc == 3 && std::strcmp(argv[1], "--check") == 0;
  if (argc < 2 || (argc == 3 && !check_only)) {
    fmt::print(stderr, "usage: nano_job HOME | --check HOME | --points\n");
    return 2;
  }
  auto done = run(argv[argc - 1], check_only);
  if (!done) fmt::print(stderr, "{}\n", done.error().message);
  return done ? 0 : 1;
}
