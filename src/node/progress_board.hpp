// Long-running work as people watch it: runs with their steps, loss points and expected end.
// The console, GET /train/runs and its event stream all read this one board.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace cambium::node {

enum class RunState : std::uint8_t { running, done, failed, cancelled };
std::string_view name(RunState state);

struct LossPoint {
  std::uint64_t step = 0;
  double loss = 0;  // nats per token
};

/// One run. Rates and the expected end are what its worker last said.
struct Run {
  std::string id;
  std::string kind;   // "base" or "expert"
  std::string title;  // a line for people
  RunState state = RunState::running;
  std::uint64_t step = 0;
  std::uint64_t steps = 0;
  double loss = 0;
  double tokens_per_s = 0;
  double eta_s = 0;
  TimeMs started;
  std::map<std::string, std::string> detail;
  std::vector<LossPoint> points;  // at most kMaxPoints, thinned evenly
};
inline constexpr std::size_t kMaxPoints = 2000;

/// News of a run; absent numbers stay as they were.
struct RunUpdate {
  std::optional<std::uint64_t> step;
  std::optional<std::uint64_t> steps;
  std::optional<double> loss;
  std::optional<double> tokens_per_s;
  std::optional<double> eta_s;
  std::optional<RunState> state;
  std::map<std::string, std::string> detail;  // added to what is there
};

/// What is new about a board: which run, as it stands.
using OnRun = std::function<void(const Run&)>;

/// Threads may call everything at any time.
class ProgressBoard {
 public:
  explicit ProgressBoard(const Clock& clock) : clock_(clock) {}

  /// Begins a run; one with the same id that ended is begun anew. Returns its id.
  struct NewRun {
    std::string id;  // empty: the board chooses
    std::string kind;
    std::string title;
    std::uint64_t steps = 0;
  };
  std::string begin(const NewRun& run);
  /// `not_found` for an unknown id.
  Status update(const std::string& id, const RunUpdate& update);

  /// Newest first.
  std::vector<Run> runs() const;
  std::optional<Run> find(const std::string& id) const;

  /// Called after every change, on the thread that made it, until `unlisten`.
  std::uint64_t listen(OnRun on_run);
  void unlisten(std::uint64_t listener);

  /// Asks a run to stop; its worker looks at `cancel_requested` between steps.
  Status request_cancel(const std::string& id);
  bool cancel_requested(const std::string& id) const;

 private:
  void tell(const Run& run);

  const Clock& clock_;
  mutable std::mutex mutex_;  // guards the next five
  std::map<std::string, Run> runs_;
  std::vector<std::string> order_;  // ids by begin
  std::map<std::string, bool> cancels_;
  std::map<std::uint64_t, OnRun> listeners_;
  std::uint64_t next_id_ = 1;
  std::mutex telling_;  // held while listeners run, so that `unlisten` can wait for them
};

}  // namespace cambium::node
