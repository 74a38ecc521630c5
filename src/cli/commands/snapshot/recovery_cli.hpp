// What the verbs of snapshots and of moving chains share.
#pragma once

#include "cli/home_dir.hpp"
#include "engine/recovery/life.hpp"

namespace cambium::cli {

inline Flag chain_of_home_flag() {
  return {"chain", "NAME", "one chain of the home; all of them unless named"};
}

/// The chains of a home that --chain leaves, the leading one first; `not_found` for none.
Result<std::vector<std::string>> chains_of(const Invocation& call,
                                           const std::filesystem::path& home);

/// Long steps on the terminal's live line, or one JSON object a step.
class StepPrinter {
 public:
  explicit StepPrinter(Invocation& call) : call_(call) {}
  ~StepPrinter() { call_.console.live(""); }
  StepPrinter(const StepPrinter&) = delete;
  StepPrinter& operator=(const StepPrinter&) = delete;

  void tell(const engine::RecoveryStep& step);
  engine::OnRecovery listener() {
    return [this](const engine::RecoveryStep& step) { tell(step); };
  }

 private:
  Invocation& call_;
  std::string last_;
};

Json to_json(const engine::PreparedLife& life);

}  // namespace cambium::cli
