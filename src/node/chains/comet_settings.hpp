// CometBFT's settings as they follow from cambium.toml.
#pragma once

#include "base/config.hpp"
#include "engine/cometbft/process/settings.hpp"

namespace cambium::node {

/// `invalid_input` for a value that makes no sense, with its key. The compute chain's ports lie ten
/// above the utility chain's.
Result<engine::CometSettings> comet_settings(const Config& config, std::string_view alias);

/// "HEIGHT:HASH", as `cambium node join --trust` takes it.
Status parse_trust(std::string_view text, engine::StateSync& out);

}  // namespace cambium::node
