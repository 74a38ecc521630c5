#include "learn/detail/torch_door.hpp"

namespace cambium::learn::detail {

extern "C" const Training* cambium_training() {
  static constexpr Training kTraining{torch_base, torch_expert, torch_loss};
  return &kTraining;
}

}  // namespace cambium::learn::detail
