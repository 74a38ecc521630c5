#include "node/progress_board.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cambium::node {

std::string_view name(RunState state) {
  switch (state) {
    case RunState::running: return "running";
    case RunState::done: return "done";
    case RunState::failed: return "failed";
    case RunState::cancelled: return "cancelled";
  }
  return "unknown";
}

std::string ProgressBoard::begin(const NewRun& request) {
  Run run;
  {
    std::lock_guard lock(mutex_);
    run.id = request.id.empty() ? fmt::format("run-{}", next_id_++) : request.id;
    run.kind = request.kind;
    run.title = request.title;
    run.steps = request.steps;
    run.started = clock_.now();
    order_.erase(std::remove(order_.begin(), order_.end(), run.id), order_.end());
    order_.push_back(run.id);
    runs_[run.id] = run;
    cancels_.erase(run.id);
  }
  tell(run);
  return run.id;
}

namespace {

// Keeps every other point, so that a long run stays drawable and its shape stays true.
void thin(std::vector<LossPoint>& points) {
  for (std::size_t i = 1; i * 2 < points.size(); ++i) points[i] = points[i * 2];
  points.resize((points.size() + 1) / 2);
}

}  // namespace

Status ProgressBoard::update(const std::string& id, const RunUpdate& update) {
  Run copy;
  {
    std::lock_guard lock(mutex_);
    auto found = runs_.find(id);
    if (found == runs_.end()) {
      return fail(ErrorCode::not_found, fmt::format("There is no run `{}`; begin it first.", id));
    }
    Run& run = found->second;
    run.step = update.step.value_or(run.step);
    run.steps = update.steps.value_or(run.steps);
    run.loss = update.loss.value_or(run.loss);
    run.tokens_per_s = update.tokens_per_s.value_or(run.tokens_per_s);
    run.eta_s = update.eta_s.value_or(run.eta_s);
    run.state = update.state.value_or(run.state);
    for (const auto& [key, value] : update.detail) run.detail[key] = value;
    if (update.loss) {
      run.points.push_back({run.step, *update.loss});
      if (run.points.size() > kMaxPoints) thin(run.points);
    }
    copy = run;
  }
  tell(copy);
  return {};
}

std::vector<Run> ProgressBoard::runs() const {
  std::lock_guard lock(mutex_);
  std::vector<Run> out;
  for (auto id = order_.rbegin(); id != order_.rend(); ++id) out.push_back(runs_.at(*id));
  return out;
}

std::optional<Run> ProgressBoard::find(const std::string& id) const {
  std::lock_guard lock(mutex_);
  auto found = runs_.find(id);
  return found == runs_.end() ? std::nullopt : std::optional(found->second);
}

std::uint64_t ProgressBoard::listen(OnRun on_run) {
  std::lock_guard lock(mutex_);
  listeners_.emplace(next_id_, std::move(on_run));
  return next_id_++;
}

void ProgressBoard::unlisten(std::uint64_t listener) {
  std::lock_guard waiting(telling_);
  std::lock_guard lock(mutex_);
  listeners_.erase(listener);
}

Status ProgressBoard::request_cancel(const std::string& id) {
  std::lock_guard lock(mutex_);
  if (!runs_.contains(id)) {
    return fail(ErrorCode::not_found, fmt::format("There is no run `{}` to cancel.", id));
  }
  cancels_[id] = true;
  return {};
}

bool ProgressBoard::cancel_requested(const std::string& id) const {
  std::lock_guard lock(mutex_);
  auto found = cancels_.find(id);
  return found != cancels_.end() && found->second;
}

void ProgressBoard::tell(const Run& run) {
  std::lock_guard calling(telling_);
  std::vector<OnRun> calls;
  {
    std::lock_guard lock(mutex_);
    for (const auto& [id, call] : listeners_) calls.push_back(call);
  }
  for (const auto& call : calls) call(run);
}

}  // namespace cambium::node
