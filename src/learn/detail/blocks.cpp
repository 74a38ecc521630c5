#include "learn/detail/blocks.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace cambium::learn::detail {
namespace {

// Payloads list gate, up, down, row, bias in this order; the rest is only made repeatable by it.
constexpr std::array<std::string_view, 11> kOrder = {"tokens", "norm", "q",   "k",   "v",   "o",
                                                     "gate",   "up",   "down", "row", "bias"};

std::size_t rank(std::string_view tensor) {
  return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), tensor) -
                                  kOrder.begin());
}

struct Part {
  std::string tensor;
  tensor::TensorView view;
};

}  // namespace

Result<BlockContents> bundle_blocks(const std::map<std::string, tensor::TensorView>& tensors) {
  std::map<std::string, std::vector<Part>> parts;
  for (const auto& [name, view] : tensors) {
    const std::size_t dot = name.rfind('.');
    parts[name.substr(0, dot)].push_back({name.substr(dot + 1), view});
  }
  BlockContents out;
  for (auto& [block, list] : parts) {
    std::sort(list.begin(), list.end(),
              [](const Part& a, const Part& b) { return rank(a.tensor) < rank(b.tensor); });
    tensor::BundleWriter writer;
    for (const Part& part : list) TRY_STATUS(writer.add(part.tensor, part.view));
    TRY(out[block], writer.finish());
  }
  return out;
}

}  // namespace cambium::learn::detail
