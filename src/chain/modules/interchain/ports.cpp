#include "chain/modules/interchain/ports.hpp"

#include <algorithm>
#include <array>

#include "chain/modules/datasets/datasets.hpp"
#include "chain/modules/rewards/rewards.hpp"

namespace cambium::chain::interchain {

const Port* find_port(std::string_view name) {
  static const std::array ports = {rewards::training_port(), datasets::approval_port()};
  const auto at = std::ranges::find(ports, name, &Port::name);
  return at == ports.end() ? nullptr : &*at;
}

}  // namespace cambium::chain::interchain
