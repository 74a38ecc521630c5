#include "learn/detail/torch_calibrate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cambium::learn::detail {
namespace {

// Most of an anchor dataset's tokens that may pass a gate; the first rung leaves gates as trained.
// Below the last one little of the gain is left, so harm beyond it is for evaluators to refuse.
constexpr std::array kLadder = {1.0, 0.6,  0.4,   0.28,  0.2,   0.14,  0.1,
                                0.07, 0.05, 0.035, 0.025, 0.018, 0.013, 0.009};
// Rows that suffer most are left out: one odd document must not shut the gates for all.
constexpr std::size_t kRowsPerOutlier = 24;
constexpr double kShut = -1e6;
// About one-sided 97 %: evaluators measure more sequences, so their bound is tighter than ours.
constexpr double kQuantile = 2.0;
constexpr std::size_t kRowsAtOnce = 8;

TorchBatch part_of(const CalibrationRows& rows, std::size_t at) {
  const std::size_t end = std::min(rows.size(), at + kRowsAtOnce);
  return to_tensors({rows.begin() + static_cast<std::ptrdiff_t>(at),
                     rows.begin() + static_cast<std::ptrdiff_t>(end)});
}

// Mean loss of each row, nats per token.
std::vector<double> row_losses(const TorchModel& model, const CalibrationRows& rows) {
  std::vector<double> out;
  for (std::size_t at = 0; at < rows.size(); at += kRowsAtOnce) {
    const TorchBatch batch = part_of(rows, at);
    const auto result = forward(model, batch.inputs, Want::logits);
    const at::Tensor losses =
        at::cross_entropy_loss(result.logits, batch.targets.view({-1}), {}, at::Reduction::None)
            .view({batch.inputs.size(0), -1})
            .mean(1);
    for (std::int64_t r = 0; r < losses.size(0); ++r) out.push_back(losses[r].item<double>());
  }
  return out;
}

// Upper bound of the mean rise without its outliers.
double harm(const std::vector<double>& before, const std::vector<double>& after) {
  std::vector<double> rises;
  for (std::size_t i = 0; i < before.size(); ++i) rises.push_back(after[i] - before[i]);
  std::sort(rises.begin(), rises.end());
  rises.resize(rises.size() - rises.size() / kRowsPerOutlier);
  const auto n = static_cast<double>(rises.size());
  double sum = 0;
  double squares = 0;
  for (const double rise : rises) {
    sum += rise;
    squares += rise * rise;
  }
  const double mean = sum / n;
  const double variance = std::max(0.0, squares / n - mean * mean) * n / std::max(1.0, n - 1);
  return mean + kQuantile * std::sqrt(variance / n);
}

class Ladder {
 public:
  explicit Ladder(const Calibration& job) : job_(job) {
    for (std::size_t g = 0; g < job.gates.size(); ++g) {
      trained_.push_back(bias_of(g).item<double>());
    }
    for (const CalibrationRows& rows : job.anchors) observe(rows);
    shut();
    for (const CalibrationRows& rows : job.anchors) {
      before_.push_back(row_losses(job.model, rows));
    }
  }

  void allow(double share) {
    for (std::size_t g = 0; g < job_.gates.size(); ++g) {
      double bias = trained_[g];
      for (const at::Tensor& values : values_[g]) {
        const double level = at::quantile(values, 1.0 - share).item<double>();
        bias = std::min(bias, -level);
      }
      // A hair below, so that with a share of zero the largest value stays outside too.
      bias_of(g).fill_(share < 1.0 ? bias - 1e-4 : bias);
    }
  }

  bool harmless(double share) {
    allow(share);
    for (std::size_t i = 0; i < before_.size(); ++i) {
      if (harm(before_[i], row_losses(job_.model, job_.anchors[i])) > job_.most_harm) return false;
    }
    return true;
  }

 private:
  at::Tensor bias_of(std::size_t gate) {
    const GatePlace& place = job_.gates[gate];
    return job_.model.layers[place.layer].contributed[place.index].bias.detach();
  }

  void shut() {
    for (std::size_t g = 0; g < job_.gates.size(); ++g) bias_of(g).fill_(kShut);
  }

  // Keeps w . h of every gate for the tokens of one dataset.
  void observe(const CalibrationRows& rows) {
    std::vector<std::vector<at::Tensor>> parts(job_.gates.size());
    for (std::size_t at = 0; at < rows.size(); at += kRowsAtOnce) {
      const auto result = forward(job_.model, part_of(rows, at).inputs, Want::states);
      for (std::size_t g = 0; g < job_.gates.size(); ++g) {
        const GatePlace& place = job_.gates[g];
        parts[g].push_back(result.gates[place.layer][place.index] - bias_of(g).view({-1}));
      }
    }
    values_.resize(job_.gates.size());
    for (std::size_t g = 0; g < parts.size(); ++g) values_[g].push_back(at::cat(parts[g]));
  }

  const Calibration& job_;
  std::vector<double> trained_;                  // biases by gate
  std::vector<std::vector<at::Tensor>> values_;  // by gate, then dataset
  std::vector<std::vector<double>> before_;
};

}  // namespace

std::vector<CalibrationRows> held_back_rows(const BatchPlan& plan, std::uint64_t step,
                                            std::size_t count) {
  std::vector<CalibrationRows> rows(plan.shares.size() - 1);
  const auto full = [&](const auto& r) { return r.size() >= count; };
  for (; !std::all_of(rows.begin(), rows.end(), full); ++step) {
    const Batch batch = plan.batch(step);
    for (std::size_t r = 0; r < batch.rows.size(); ++r) {
      if (batch.streams[r] == 0 || full(rows[batch.streams[r] - 1])) continue;
      rows[batch.streams[r] - 1].push_back(batch.rows[r]);
    }
  }
  return rows;
}

double calibrate(const Calibration& job) {
  const at::NoGradGuard no_grad;
  Ladder ladder(job);
  // Harm falls as gates close, so the first harmless rung is found by halving.
  std::size_t low = 0;
  std::size_t high = kLadder.size() - 1;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (ladder.harmless(kLadder[middle])) high = middle;
    else low = middle + 1;
  }
  ladder.allow(kLadder[low]);
  return kLadder[low];
}

}  // namespace cambium::learn::detail
