// The evaluation kernel's golden values: losses of seeded models in every element type, as bits.
#pragma once

#include <string>

namespace cambium::model {

/// One line per case: its name, the exact sum in nano-nats, and the bits of every loss in hex. The
/// committed copy is tests/determinism/eval_golden.txt; every build everywhere must print it.
std::string golden_report();

}  // namespace cambium::model
