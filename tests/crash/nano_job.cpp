// The nano main job as a process of its own, to be killed by run.py.
#include <fmt/format.h>

#include <cstdlib>
#include <cstring>

#include "acks.hpp"
#include "base/crash_point.hpp"
#include "base/log.hpp"
#include "job_facts.hpp"
#include "node/main_job.hpp"

namespace {

using namespace cambium;

constexpr const char* kUsage =
    "usage: nano_job HOME ACKS          runs the job or goes on with it; what it acknowledges is\n"
    "                                   appended to the file ACKS\n"
    "       nano_job --check HOME ACKS  tells what holds of a finished job\n"
    "       nano_job --points           lists the named crash points\n"
    "CAMBIUM_JOB_PROFILE=quick or full makes it a larger job.\n";

learn::Profile profile() {
  const char* name = std::getenv("CAMBIUM_JOB_PROFILE");
  return learn::parse_profile(name == nullptr ? "nano" : name).value_or(learn::Profile::nano);
}

/// The same keys every time, so that every home trains the same expert and only the kills differ. A
/// home that was killed amid making its keys goes on with others than it would have had.
std::uint64_t seed_for(const std::string& home) {
  std::error_code error;
  const std::filesystem::directory_iterator keys(std::filesystem::path(home) / "keys", error);
  return 7 + (error ? 0 : static_cast<std::uint64_t>(std::distance(begin(keys), end(keys))));
}

/// Empty blocks come quickly, so that windows counted in blocks do not last.
Result<std::unique_ptr<node::Node>> open_node(const std::string& home, const Clock& clock,
                                              Random& random) {
  TRY(auto config, Config::load(std::filesystem::path(home) / "cambium.toml",
                                process_environment()));
  TRY_STATUS(config.set("engine.compute_idle_ms", "500", "test"));
  TRY_STATUS(config.set("engine.utility_idle_ms", "500", "test"));
  return node::Node::open({home, config, clock, random, {}, profile()});
}

Status check(const std::string& home, const std::string& acks_path) {
  SystemClock clock;
  SeededRandom random(seed_for(home));
  TRY(auto acks, crash::read_acks(acks_path));
  TRY(auto node, open_node(home, clock, random));
  TRY_STATUS(node->start());
  auto found = crash::check_job(*node, acks);
  node->stop();
  if (found) fmt::print("acknowledged {} blocks {} txs\n", acks.blocks.size(), acks.txs.size());
  return found;
}

Status run(const std::string& home, const std::string& acks_path) {
  SystemClock clock;
  SeededRandom random(seed_for(home));
  static std::unique_ptr<crash::AckFile> acks;  // used until the last thread ends
  TRY(acks, crash::AckFile::open(acks_path));
  crash::record_points(*acks, home);
  TRY(auto node, open_node(home, clock, random));
  const crash::Recorder recorder(*node, *acks);
  TRY_STATUS(node->start());
  node::MainJob job(*node, {profile(), 7, node::MainJobOptions::Refusals::shown},
                    [](const node::StoryLine& line) {
                      fmt::print("{:6.1f} {} {}\n", line.seconds, line.step, line.text);
                      std::fflush(stdout);
                    });
  std::stop_source never;
  auto done = job.run(never.get_token());
  node->stop();
  return done;
}

}  // namespace

int main(int argc, char** argv) {
  set_up_logging("warn");
  if (argc == 2 && std::strcmp(argv[1], "--points") == 0) {
    for (const auto& name : cambium::crash_point_names()) fmt::print("{}\n", name);
    return 0;
  }
  const bool check_only = argc == 4 && std::strcmp(argv[1], "--check") == 0;
  if (argc != 3 && !check_only) {
    fmt::print(stderr, "{}", kUsage);
    return 2;
  }
  auto done = check_only ? check(argv[2], argv[3]) : run(argv[1], argv[2]);
  if (!done) fmt::print(stderr, "{}\n", done.error().message);
  return done ? 0 : 1;
}
