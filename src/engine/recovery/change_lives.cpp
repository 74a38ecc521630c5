// Puts prepared lives in the place of the present ones. A small record says how far it came, so
// that after a crash the same steps lead on: first everything old is moved away, then everything
// new comes in.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/crash_point.hpp"
#include "base/durable_file.hpp"
#include "base/log.hpp"
#include "engine/recovery/life.hpp"

namespace cambium::engine {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const CrashPoint kDecided("engine.recovery.decided");
const CrashPoint kAfterMove("engine.recovery.after_move");
const CrashPoint kOldAway("engine.recovery.old_away");
const CrashPoint kNewIn("engine.recovery.new_in");

/// What belongs to one life of a chain.
constexpr std::string_view kParts[] = {"blocks", "state", "snapshots", "genesis.json"};
/// CometBFT's record of what its validator has signed: every later life needs it.
constexpr std::string_view kSigned = "priv_validator_state.json";

enum class Phase : std::uint8_t { old_goes, new_comes };

struct Record {
  Change change;
  Phase phase = Phase::old_goes;
};

fs::path record_file(const fs::path& home) { return home / "chains" / "change.json"; }

Status write_record(const fs::path& home, const Record& record) {
  const Json json = {{"chains", record.change.aliases},
                     {"label", record.change.label},
                     {"back to", record.change.back_to},
                     {"phase", record.phase == Phase::old_goes ? "old goes" : "new comes"}};
  const std::string text = json.dump();
  return write_durably(record_file(home), {as_bytes(text)});
}

Result<std::optional<Record>> read_record(const fs::path& home) {
  std::ifstream in(record_file(home));
  if (!in) return std::optional<Record>{};
  const Json json = Json::parse(in, nullptr, false);
  if (!json.is_object() || !json.contains("chains") || !json.contains("label")) {
    return fail(ErrorCode::corrupt, fmt::format("{} is damaged; restore it from a backup.",
                                                record_file(home).string()));
  }
  Record out{{json["chains"].get<std::vector<std::string>>(), json["label"].get<std::string>(),
              json.value("back to", "")}};
  if (json.value("phase", "") == "new comes") out.phase = Phase::new_comes;
  return std::optional(out);
}

/// Does nothing where there is nothing to move, as after a crash behind this step.
Status move_if_there(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(from, error))) return {};
  fs::create_directories(to.parent_path(), error);
  TRY_STATUS(rename_file({from, to}));
  TRY_STATUS(sync_folder(to.parent_path()));
  kAfterMove.pass();
  return sync_folder(from.parent_path());
}

/// CometBFT's folders of a life.
struct ConsensusMove {
  fs::path from;
  fs::path to;
};
Status move_consensus(const ConsensusMove& move) {
  std::error_code error;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(move.from / "data", error)) {
    if (entry.path().filename() != kSigned) files.push_back(entry.path());
  }
  for (const auto& file : files) {
    TRY_STATUS(move_if_there(file, move.to / "data" / file.filename()));
  }
  const fs::path genesis = fs::path("config") / "genesis.json";
  return move_if_there(move.from / genesis, move.to / genesis);
}

Status old_goes(const fs::path& home, const Change& change) {
  for (const auto& alias : change.aliases) {
    const ChainHome paths = ChainHome::of(home, alias);
    const fs::path before = paths.before(change.label);
    for (const auto part : kParts) TRY_STATUS(move_if_there(paths.chain / part, before / part));
    TRY_STATUS(move_consensus({paths.comet(), before / "cometbft"}));
  }
  return {};
}

Status new_comes(const fs::path& home, const Change& change) {
  std::error_code ignored;
  for (const auto& alias : change.aliases) {
    const ChainHome paths = ChainHome::of(home, alias);
    const bool back = !change.back_to.empty();
    const fs::path from = back ? paths.before(change.back_to) : paths.next();
    for (const auto part : kParts) TRY_STATUS(move_if_there(from / part, paths.chain / part));
    if (back) TRY_STATUS(move_consensus({from / "cometbft", paths.comet()}));
    fs::remove_all(from, ignored);
  }
  for (const char* suffix : {"", "-wal", "-shm"}) {  // views, made again from the blocks
    fs::remove((home / "index.db").string() + suffix, ignored);
  }
  return {};
}

std::string numbered(const std::string& label, int number) {
  return number == 1 ? label : fmt::format("{}.{}", label, number);
}

/// A chain that comes to one height twice, by moving to and fro, has two folders for it.
std::string free_label(const fs::path& home, const Change& change) {
  const auto taken = [&](const std::string& label) {
    std::error_code error;
    return std::any_of(change.aliases.begin(), change.aliases.end(), [&](const auto& alias) {
      return fs::exists(ChainHome::of(home, alias).before(label), error);
    });
  };
  int number = 1;
  while (taken(numbered(change.label, number))) ++number;
  return numbered(change.label, number);
}

Status go_on(const fs::path& home, Record record) {
  if (record.phase == Phase::old_goes) {
    TRY_STATUS(old_goes(home, record.change));
    kOldAway.pass();
    record.phase = Phase::new_comes;
    TRY_STATUS(write_record(home, record));
  }
  TRY_STATUS(new_comes(home, record.change));
  kNewIn.pass();
  std::error_code ignored;
  fs::remove(record_file(home), ignored);
  return sync_folder(home / "chains");
}

}  // namespace

std::string newest_label(const ChainHome& home, const std::string& label) {
  std::string newest;
  std::error_code error;
  for (int number = 1; fs::exists(home.before(numbered(label, number)), error); ++number) {
    newest = numbered(label, number);
  }
  return newest;
}

Status change_lives(const fs::path& home, const Change& change) {
  Record record{change};
  record.change.label = free_label(home, change);
  TRY_STATUS(write_record(home, record));
  kDecided.pass();
  return go_on(home, record);
}

Status finish_change(const fs::path& home) {
  TRY(const auto record, read_record(home));
  if (record) {
    spdlog::warn("A change of the chains was interrupted; it is finished now.");
    return go_on(home, *record);
  }
  std::error_code error;
  for (const auto& chain : fs::directory_iterator(home / "chains", error)) {
    std::error_code ignored;
    fs::remove_all(ChainHome{chain.path()}.next(), ignored);
  }
  return {};
}

}  // namespace cambium::engine
