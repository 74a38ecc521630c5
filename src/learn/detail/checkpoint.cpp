#include "learn/detail/checkpoint.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>
#include <vector>

#include "base/crash_point.hpp"
#include "base/durable_file.hpp"
#include "crypto/sha256.hpp"

namespace cambium::learn::detail {
namespace {

namespace fs = std::filesystem;

const CrashPoint kBeforeWrite("learn.checkpoint.before_write");
const CrashPoint kAfterWrite("learn.checkpoint.after_write");
const CrashPoint kAfterPrune("learn.checkpoint.after_prune");

constexpr std::string_view kSuffix = ".state";

struct Found {
  std::uint64_t step = 0;
  Hash hash;
  fs::path path;
};

std::optional<Found> parse_name(const fs::path& path) {
  const std::string name = path.filename().string();
  const std::size_t dash = name.find('-');
  if (!name.starts_with("step") || !name.ends_with(kSuffix) || dash == std::string::npos) {
    return std::nullopt;
  }
  Found found;
  const auto [end, error] = std::from_chars(name.data() + 4, name.data() + dash, found.step);
  const auto hash = Hash::from_hex(
      std::string_view(name).substr(dash + 1, name.size() - dash - 1 - kSuffix.size()));
  if (error != std::errc{} || end != name.data() + dash || !hash) return std::nullopt;
  found.hash = *hash;
  found.path = path;
  return found;
}

std::vector<Found> list(const fs::path& folder) {
  std::vector<Found> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (auto found = parse_name(entry.path())) out.push_back(std::move(*found));
  }
  std::sort(out.begin(), out.end(), [](const Found& a, const Found& b) { return a.step > b.step; });
  return out;
}

}  // namespace

Status write_checkpoint(const fs::path& folder, const TrainState& state) {
  std::error_code error;
  fs::create_directories(folder, error);  // a failure shows when the file is created
  const std::string bytes = state.SerializeAsString();
  const Hash hash = crypto::sha256(as_bytes(bytes));
  const std::string name =
      "step" + std::to_string(state.step()) + "-" + hash.hex() + std::string(kSuffix);
  kBeforeWrite.pass();
  TRY_STATUS(write_durably(folder / name, {as_bytes(bytes)}));
  kAfterWrite.pass();
  for (const Found& found : list(folder)) {
    if (found.path.filename() != name) fs::remove(found.path, error);
  }
  kAfterPrune.pass();
  return {};
}

Result<std::optional<TrainState>> read_checkpoint(const fs::path& folder) {
  for (const Found& found : list(folder)) {
    std::ifstream in(found.path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (crypto::sha256(as_bytes(bytes)) != found.hash) continue;
    TrainState state;
    if (state.ParseFromString(bytes)) return state;
  }
  return std::optional<TrainState>{};
}

Status remove_checkpoints(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
  if (!error) return {};
  return fail(ErrorCode::io,
              "Could not remove " + folder.string() + ": " + error.message() + ".");
}

}  // namespace cambium::learn::detail
