#include "cli/home_dir.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>

#include "base/durable_file.hpp"

namespace cambium::cli {
namespace {

std::filesystem::path profile_file(const std::filesystem::path& home) {
  return home / "train" / "profile";
}

std::string first_word(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string word;
  in >> word;
  return word;
}

}  // namespace

Result<std::filesystem::path> home_of(const Invocation& call) {
  std::filesystem::path home = call.flag_or("home", call.variable("CAMBIUM_HOME").value_or(""));
  if (home.empty()) {
    const char* user = std::getenv("HOME");
    if (user == nullptr || *user == '\0') {
      return fail(ErrorCode::not_found, "No home directory is known, because HOME is not set; "
                                        "name one with --home DIR.");
    }
    home = std::filesystem::path(user) / ".cambium";
  }
  std::error_code error;
  auto absolute = std::filesystem::absolute(home, error);
  return error ? home : absolute.lexically_normal();
}

Result<Config> settings_of(const Invocation& call, const std::filesystem::path& home) {
  TRY(auto config, Config::load(node::HomePaths{home}.config(), call.environment));
  for (auto [flag, key] : {std::pair{"port", "gateway.port"},
                           std::pair{"compute-port", "gateway.compute_port"}}) {
    const auto value = call.flag(flag);
    if (!value) continue;
    TRY(const auto port, call.whole(flag, 0));
    if (port > 65'535) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("--{} must be between 0 and 65535, not {}.", flag, port));
    }
    TRY_STATUS(config.set(key, *value, std::string("--") + flag));
  }
  return config;
}

std::optional<std::string> passphrase_of(const Invocation& call) {
  return call.variable("CAMBIUM_PASSPHRASE");
}

Result<learn::Profile> profile_of(const Invocation& call, const std::filesystem::path& home) {
  std::optional<learn::Profile> asked;
  if (call.has("quick")) asked = learn::Profile::quick;
  if (call.has("nano")) asked = learn::Profile::nano;
  const std::string kept = first_word(profile_file(home));
  if (kept.empty()) return asked.value_or(learn::Profile::full);
  TRY(const auto fixed, learn::parse_profile(kept));
  if (!asked || *asked == fixed) return fixed;
  return fail(ErrorCode::refused,
              fmt::format("{} holds a network of the profile `{}`; leave --{} out, or choose "
                          "another --home for a new one.",
                          home.string(), kept, learn::name(*asked)));
}

Status keep_profile(const std::filesystem::path& home, learn::Profile profile) {
  const auto file = profile_file(home);
  if (!first_word(file).empty()) return {};
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  return write_durably(file, {as_bytes(learn::name(profile))});
}

void link_unpacked_text(const Invocation& call, const std::filesystem::path& home) {
  namespace fs = std::filesystem;
  std::error_code error;
  const auto text = fs::absolute(call.variable("CAMBIUM_TEXT").value_or(".cambium/text"), error);
  const auto link = node::HomePaths{home}.datasets() / "packages";
  if (!fs::is_directory(text, error) || fs::exists(fs::symlink_status(link, error))) return;
  fs::create_directories(link.parent_path(), error);
  fs::create_directory_symlink(text, link, error);
}

}  // namespace cambium::cli
