#include "base/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>

namespace cambium {

void set_up_logging(std::string_view level) {
  auto logger = std::make_shared<spdlog::logger>(
      "cambium", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  logger->set_level(spdlog::level::from_str(std::string(level)));
  logger->set_pattern("%H:%M:%S.%e %^%l%$ %v");
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace cambium
