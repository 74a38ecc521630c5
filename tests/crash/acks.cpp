#include "acks.hpp"

#include <fmt/format.h>

#include <fstream>
#include <set>
#include <sstream>

#include "base/crash_point.hpp"

namespace cambium::crash {
namespace {

// A crash point's watcher is a plain function, so what it needs stands here.
AckFile* watched_file = nullptr;
std::filesystem::path train_folder;

/// The newest checkpoint of every run, by the step in its name.
void note_checkpoints() {
  std::error_code error;
  for (const auto& run : std::filesystem::directory_iterator(train_folder, error)) {
    unsigned long newest = 0;
    std::error_code gone;
    for (const auto& file : std::filesystem::directory_iterator(run.path(), gone)) {
      const std::string name = file.path().filename().string();
      if (!name.starts_with("step") || !name.ends_with(".state")) continue;
      newest = std::max(newest, std::strtoul(name.c_str() + 4, nullptr, 10));
    }
    if (newest == 0) continue;
    watched_file->line(fmt::format("checkpoint {} {}", run.path().filename().string(), newest));
  }
}

void note_point(std::string_view point) {
  watched_file->line(fmt::format("point {}", point));
  if (point == "learn.checkpoint.after_write") note_checkpoints();
}

void note_block(AckFile& file, const std::string& alias, const engine::BlockPtr& block) {
  file.line(fmt::format("block {} {} {}", alias, block->height().value, block->hash.hex()));
  for (const auto& tx : block->txs) {
    file.line(fmt::format("tx {} {} {}", alias, block->height().value, tx.id.hex()));
  }
}

}  // namespace

void record_points(AckFile& file, const std::filesystem::path& home) {
  watched_file = &file;
  train_folder = home / "train";
  watch_crash_points(note_point);
}

Recorder::Recorder(node::Node& node, AckFile& file) : node_(node) {
  for (auto* engine : node.chains()) {
    subscriptions_.push_back(engine->subscribe(
        [&file, alias = engine->alias()](const auto& block) { note_block(file, alias, block); }));
  }
  auto seen = std::make_shared<std::set<std::string>>();
  listener_ = node.progress().listen([&file, seen](const node::Run& run) {
    if (run.step == 0 || !seen->insert(run.id).second) return;
    file.line(fmt::format("resumed {} {}", run.id, run.step));
  });
}

Recorder::~Recorder() {
  node_.progress().unlisten(listener_);
}

Result<Acks> read_acks(const std::filesystem::path& path) {
  Acks out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string kind, alias, id;
    std::uint64_t height = 0;
    words >> kind >> alias >> height >> id;
    if (kind == "block") {
      const auto [known, fresh] = out.blocks.insert({{alias, height}, id});
      if (!fresh && known->second != id) {
        return fail(ErrorCode::corrupt, fmt::format("Two blocks {} of {} were acknowledged: {} "
                                                    "and {}.", height, alias, known->second, id));
      }
    } else if (kind == "tx") {
      const auto [known, fresh] = out.txs.insert({id, {alias, height}});
      if (!fresh && known->second.height != height) {
        return fail(ErrorCode::corrupt,
                    fmt::format("Transaction {} was acknowledged in blocks {} and {} of {}.", id,
                                known->second.height, height, alias));
      }
    }
  }
  return out;
}

}  // namespace cambium::crash
