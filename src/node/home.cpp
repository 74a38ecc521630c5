#include "node/home.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/crash_point.hpp"
#include "base/durable_file.hpp"
#include "chain/genesis.hpp"
#include "node/founding/first_validators.hpp"
#include "node/founding/genesis.hpp"
#include "node/node.hpp"

namespace cambium::node {
namespace {

const CrashPoint kAfterKeys("node.bootstrap.after_keys");
const CrashPoint kBetweenGenesis("node.bootstrap.between_genesis");

Status make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) return {};
  return fail(ErrorCode::io, fmt::format("{} cannot be made: {}. Choose another --home or mend its "
                                         "permissions.", folder.string(), error.message()));
}

Result<std::string> read_all(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (in && text) return text.str();
  return fail(ErrorCode::io, fmt::format("{} cannot be read.", path.string()));
}

Status write_genesis(const HomePaths& paths, std::string_view alias,
                     const chain::v1::Genesis& genesis) {
  TRY_STATUS(make_folder(paths.genesis(alias).parent_path()));
  const std::string text = chain::genesis_to_json(genesis);
  return write_durably(paths.genesis(alias), {as_bytes(text)});
}

Result<Founders> found(Keystore& keys, Random& random) {
  auto address = [&](std::string_view name) -> Result<crypto::Address> {
    TRY(auto key, keys.find_or_make(std::string(name), random));
    return crypto::address_of(key->public_key());
  };
  Founders out;
  TRY(auto operator_key, keys.find_or_make(std::string(kOperatorKey), random));
  out.operator_key = operator_key->public_key();
  TRY(out.gateway, address(kGatewayKey));
  TRY(out.evaluator, address(kEvaluatorKey));
  TRY(out.relayer, address(kRelayerKey));
  TRY(out.trainer, address(kTrainerKey));
  TRY(out.demo, address(kDemoKey));
  return out;
}

}  // namespace

Result<HomeLock> HomeLock::take(const HomePaths& paths) {
  TRY_STATUS(make_folder(paths.root));
  int fd = ::open(paths.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return tl::unexpected<Error>(io_error("locking the home directory", paths.lock()));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    char pid[32] = {};
    const bool known = ::pread(fd, pid, sizeof pid - 1, 0) > 0;
    ::close(fd);
    return fail(ErrorCode::refused,
                fmt::format("{} is in use by another cambium process{}; stop that one or choose "
                            "another --home.", paths.root.string(),
                            known ? fmt::format(" ({})", pid) : ""));
  }
  const std::string pid = fmt::format("{}", ::getpid());
  if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, pid.data(), pid.size(), 0) < 0) {
    ::close(fd);
    return tl::unexpected<Error>(io_error("locking the home directory", paths.lock()));
  }
  return HomeLock(fd);
}

HomeLock::~HomeLock() {
  if (fd_ >= 0) ::close(fd_);
}

Status bootstrap_home(const Bootstrap& job) {
  const HomePaths& paths = job.paths;
  for (const auto& folder : {paths.root, paths.store(), paths.datasets(), paths.root / "train",
                             paths.logs()}) {
    TRY_STATUS(make_folder(folder));
  }
  std::error_code ignored;
  if (!std::filesystem::exists(paths.config(), ignored)) {
    const std::string settings = config_template();
    TRY_STATUS(write_durably(paths.config(), {as_bytes(settings)}));
  }
  TRY(auto founders, found(job.keys, job.random));
  kAfterKeys.pass();
  // The compute chain's file comes last: while it is missing nothing has run, and both are made
  // again with one time.
  if (std::filesystem::exists(paths.genesis(kComputeAlias), ignored)) return {};
  const bool both = std::ranges::find(job.chains, kComputeAlias) != job.chains.end();
  if (!both && std::filesystem::exists(paths.genesis(kUtilityAlias), ignored)) return {};
  const GenesisPlan plan{founders, job.clock.now(), job.profile};
  auto utility = utility_genesis(plan);
  // Its own first validator: whoever joins later by stake finds the rules in force.
  const auto& operator_key = founders.operator_key;
  const auto owner = crypto::address_of(operator_key);
  TRY_STATUS(add_first_validators(utility, owner, {{owner, operator_key.bytes, "first"}}));
  TRY_STATUS(write_genesis(paths, kUtilityAlias, utility));
  kBetweenGenesis.pass();
  if (!both) return {};
  return write_genesis(paths, kComputeAlias, compute_genesis(plan));
}

Result<chain::v1::Genesis> read_genesis(const HomePaths& paths, std::string_view alias) {
  TRY(auto text, read_all(paths.genesis(alias)));
  return chain::genesis_from_json(text);
}

}  // namespace cambium::node
