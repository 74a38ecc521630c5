#include "cli/running_node.hpp"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include "base/durable_file.hpp"
#include "base/log.hpp"
#include "cli/node_link.hpp"

namespace cambium::cli {
namespace {

// spdlog reports a file it cannot open by throwing; logging is not worth a failed start.
void log_to(const std::filesystem::path& home, const std::string& level) {
  set_up_logging("warn");
  try {
    auto file = std::make_shared<spdlog::sinks::basic_file_sink_mt>(
        (home / "logs" / "cambium.log").string());
    auto logger = std::make_shared<spdlog::logger>(*spdlog::default_logger());
    for (auto& sink : logger->sinks()) sink->set_level(spdlog::level::warn);
    logger->sinks().push_back(std::move(file));
    logger->set_level(spdlog::level::from_str(level));
    logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %l %v");
    logger->flush_on(spdlog::level::warn);
    spdlog::set_default_logger(std::move(logger));
  } catch (const spdlog::spdlog_ex& problem) {
    spdlog::warn("No log file is written: {}", problem.what());
  }
}

}  // namespace

Result<std::unique_ptr<RunningNode>> RunningNode::start(Invocation& call, Plan plan) {
  const std::string level = plan.config.text("node.log_level");
  std::unique_ptr<RunningNode> out(new RunningNode);
  TRY(out->node_, node::Node::open({plan.home, std::move(plan.config), call.clock, call.random,
                                    passphrase_of(call), plan.profile}));
  TRY_STATUS(keep_profile(plan.home, plan.profile));
  link_unpacked_text(call, plan.home);
  log_to(plan.home, level);
  TRY_STATUS(out->node_->start());
  TRY(out->gateway_, gateway::Gateway::start(*out->node_));
  const std::string url = out->url();
  TRY_STATUS(write_durably(address_file(plan.home), {as_bytes(url)}));
  return out;
}

RunningNode::~RunningNode() {
  std::error_code ignored;
  if (gateway_) std::filesystem::remove(address_file(node_->home()), ignored);
  gateway_.reset();
  if (node_) node_->stop();
}

}  // namespace cambium::cli
