// cambium doctor: whether this machine can run a node, and what to do where it cannot.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/doctor/checks.hpp"
#include "cli/home_dir.hpp"
#include "learn/training.hpp"

namespace cambium::cli {
namespace {

std::string_view word(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::good: return "ok";
    case Finding::Kind::note: return "note";
    case Finding::Kind::bad: return "bad";
  }
  return "";
}

void print(Invocation& call, const Finding& finding) {
  if (call.json()) {
    call.console.object({{"check", finding.what},
                         {"result", word(finding.kind)},
                         {"detail", finding.detail},
                         {"remedy", finding.remedy}});
    return;
  }
  call.console.line(fmt::format("{:<5} {:<12} {}", word(finding.kind), finding.what,
                                finding.detail));
  if (!finding.remedy.empty()) call.console.line(fmt::format("{:19}{}", "", finding.remedy));
}

Finding check_training() {
  if (const auto library = learn::training(); !library) {
    return {"libtorch", Finding::Kind::bad, library.error().message,
            "Everything but training works without it."};
  }
  return {"libtorch", Finding::Kind::good, "loads; it is needed for training only"};
}

Status doctor(Invocation& call) {
  TRY(const auto home, home_of(call));
  std::vector<Finding> findings = {check_disk(home), check_memory(), check_clock(call.clock),
                                   check_training(),
                                   check_home(home), check_text(call, home)};
  if (const auto config = settings_of(call, home)) {
    findings.push_back({"settings", Finding::Kind::good, "every key is known"});
    for (const char* key : {"gateway.port", "gateway.compute_port"}) {
      findings.push_back(check_port(config->text("gateway.host"),
                                    static_cast<std::uint16_t>(config->whole(key))));
    }
    findings.push_back(check_node(call));
  } else {
    findings.push_back({"settings", Finding::Kind::bad, config.error().message,
                        "Correct that line, or set it with `cambium config set`."});
  }
  std::size_t bad = 0;
  for (const auto& finding : findings) {
    print(call, finding);
    bad += finding.kind == Finding::Kind::bad ? 1 : 0;
  }
  if (bad == 0) return {};
  return fail(ErrorCode::unavailable,
              fmt::format("{} of {} checks are bad; what to do stands beside them.", bad,
                          findings.size()));
}

}  // namespace

Command doctor_command() {
  return {"doctor", "Check whether this machine can run a node", "cambium doctor", {}, {}, doctor};
}

}  // namespace cambium::cli
