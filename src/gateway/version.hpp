// The version that the API, the command line and the OpenAPI document report.
#pragma once

#include <string_view>

namespace cambium::gateway {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace cambium::gateway
