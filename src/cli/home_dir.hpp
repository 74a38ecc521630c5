// Which home directory a command means, and its effective settings.
#pragma once

#include <filesystem>

#include "cli/invocation.hpp"
#include "node/home.hpp"

namespace cambium::cli {

/// --home, else CAMBIUM_HOME, else ~/.cambium; `not_found` when even HOME is unset.
Result<std::filesystem::path> home_of(const Invocation& call);

/// The home's file and environment; --port and --compute-port on top where the command has them.
Result<Config> settings_of(const Invocation& call, const std::filesystem::path& home);

/// The passphrase of the keystore: CAMBIUM_PASSPHRASE; absent means keys are not encrypted.
std::optional<std::string> passphrase_of(const Invocation& call);

/// How large the network of this home is: what an earlier call fixed, else --quick or --nano, else
/// full. `refused` when a flag contradicts what is fixed.
Result<learn::Profile> profile_of(const Invocation& call, const std::filesystem::path& home);
/// Fixes it for later calls.
Status keep_profile(const std::filesystem::path& home, learn::Profile profile);

/// Lets datasets find packages that tools/setup unpacked (CAMBIUM_TEXT, else ./.cambium/text), so
/// that nothing is downloaded twice. Does nothing when there are none.
void link_unpacked_text(const Invocation& call, const std::filesystem::path& home);

}  // namespace cambium::cli
