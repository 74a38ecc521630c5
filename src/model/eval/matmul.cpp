#include "model/eval/matmul.hpp"

#include <algorithm>

namespace cambium::model::eval {
namespace {

// Activations of a block stay in the first-level cache while all of W streams past.
constexpr std::size_t kBlockFloats = 8 * 1024;

bool in_place(const tensor::TensorView& w) {
  return w.dtype == tensor::DType::fp32 && w.layout == tensor::Layout::row_major;
}

// Points the panel at rows [first, first + 4) of W, the last one repeated where W ends.
void aim(Panel& panel, const tensor::TensorView& w, std::size_t first, Floats& scratch) {
  panel.rows = std::min<std::size_t>(4, w.rows - first);
  for (std::size_t r = 0; r < 4; ++r) {
    const std::size_t row = first + std::min(r, panel.rows - 1);
    if (in_place(w)) {
      panel.w[r] = w.row(row).data();
      continue;
    }
    float* wide = scratch.data() + r * w.cols;
    tensor::dequantise_row(w, row, {wide, static_cast<std::size_t>(w.cols)});
    panel.w[r] = wide;
  }
}

}  // namespace

void matmul(const tensor::TensorView& w, const Rows& x, const Into& y) {
  const std::size_t k = w.cols;
  // Widening again for each block would cost more than the cache saves.
  const std::size_t block =
      in_place(w) ? std::max<std::size_t>(4, kBlockFloats / k / 4 * 4) : x.n;
  Floats scratch(in_place(w) ? 0 : 4 * k);
  for (std::size_t t = 0; t < x.n; t += block) {
    for (std::size_t row = 0; row < w.rows; row += 4) {
      Panel panel{};
      aim(panel, w, row, scratch);
      panel.k = k;
      panel.x = x.data + t * x.stride;
      panel.ldx = x.stride;
      panel.n = std::min(block, x.n - t);
      panel.y = y.data + t * y.stride + row;
      panel.ldy = y.stride;
      ops().panel(panel);
    }
  }
}

Floats row_of(const tensor::TensorView& view) {
  Floats row(view.cols);
  tensor::dequantise_row(view, 0, row);
  return row;
}

}  // namespace cambium::model::eval
