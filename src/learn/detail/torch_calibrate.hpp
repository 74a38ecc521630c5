// How far a trained candidate's gates may open: until anchor text begins to suffer.
#pragma once

#include <span>
#include <vector>

#include "learn/detail/torch_model.hpp"
#include "learn/lineage.hpp"

namespace cambium::learn::detail {

/// Rows of one anchor dataset that the measure is taken on.
using CalibrationRows = std::vector<std::vector<std::uint32_t>>;

/// Rows that batches from `step` on draw, `count` of each replay stream: text that a run which
/// ended at that step has not seen.
std::vector<CalibrationRows> held_back_rows(const BatchPlan& plan, std::uint64_t step,
                                            std::size_t count);

/// The place of one of the candidate's experts in the model.
struct GatePlace {
  std::size_t layer = 0;
  std::size_t index = 0;  // in the layer's list of contributed experts
};

struct Calibration {
  TorchModel& model;                            // the gates' biases are changed in place
  std::vector<GatePlace> gates;
  std::span<const CalibrationRows> anchors;     // one entry a dataset
  double most_harm;                             // nats per token, upper bound of each dataset
};

/// Lowers biases so that at most one share of any anchor dataset's tokens passes each gate, the
/// largest share of a fixed ladder for which no anchor dataset's loss rises by more than
/// `most_harm`; returns it. Evaluators measure harm with such a bound, and the gates' own loss only
/// approximates it. One share for all layers narrows the gates that tell least, usually the lowest.
double calibrate(const Calibration& job);

}  // namespace cambium::learn::detail
