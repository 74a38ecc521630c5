// The reference: sixteen explicit lanes in plain C++. The other paths must give its bits.
#include <bit>
#include <cmath>
#include <cstdint>

#include "model/eval/ops_impl.hpp"

namespace cambium::model::eval {
namespace {

struct Lanes {
  float v[16];

  static Lanes load(const float* p) {
    Lanes r;
    for (int l = 0; l < 16; ++l) r.v[l] = p[l];
    return r;
  }
  static Lanes set1(float x) {
    Lanes r;
    for (float& lane : r.v) lane = x;
    return r;
  }
  void store(float* p) const {
    for (int l = 0; l < 16; ++l) p[l] = v[l];
  }
  template <class F>
  static Lanes each(const Lanes& a, const Lanes& b, F f) {
    Lanes r;
    for (int l = 0; l < 16; ++l) r.v[l] = f(a.v[l], b.v[l]);
    return r;
  }
  friend Lanes operator+(const Lanes& a, const Lanes& b) {
    return each(a, b, [](float x, float y) { return x + y; });
  }
  friend Lanes operator-(const Lanes& a, const Lanes& b) {
    return each(a, b, [](float x, float y) { return x - y; });
  }
  friend Lanes operator*(const Lanes& a, const Lanes& b) {
    return each(a, b, [](float x, float y) { return x * y; });
  }
  friend Lanes operator/(const Lanes& a, const Lanes& b) {
    return each(a, b, [](float x, float y) { return x / y; });
  }
  static Lanes max(const Lanes& a, const Lanes& b) {
    return each(a, b, [](float x, float y) { return x > y ? x : y; });
  }
  static Lanes below(const Lanes& x, const Lanes& limit, const Lanes& a, const Lanes& b) {
    Lanes r;
    for (int l = 0; l < 16; ++l) r.v[l] = x.v[l] < limit.v[l] ? a.v[l] : b.v[l];
    return r;
  }
  static Lanes exp2_of(const Lanes& shifted) {
    constexpr std::uint32_t kBias = std::bit_cast<std::uint32_t>(kRoundMagic) - 127U;
    Lanes r;
    for (int l = 0; l < 16; ++l) {
      r.v[l] = std::bit_cast<float>((std::bit_cast<std::uint32_t>(shifted.v[l]) - kBias) << 23U);
    }
    return r;
  }
  float fold() const {
    float lane[16];
    store(lane);
    for (int width = 8; width > 0; width /= 2) {
      for (int l = 0; l < width; ++l) lane[l] = lane[l] + lane[l + width];
    }
    return lane[0];
  }
  static float root(float x) { return std::sqrt(x); }
};

void panel(const Panel& p) {
  for (std::size_t t = 0; t < p.n; ++t) {
    for (std::size_t r = 0; r < p.rows; ++r) {
      Lanes sum = Lanes::set1(0.0F);
      for (std::size_t i = 0; i < p.k; i += 16) {
        const float* w = p.w[r] + i;
        const float* x = p.x + t * p.ldx + i;
        for (int l = 0; l < 16; ++l) sum.v[l] = sum.v[l] + w[l] * x[l];
      }
      p.y[t * p.ldy + r] = sum.fold();
    }
  }
}

}  // namespace

const Ops kScalarOps = {"scalar",           panel,
                        softmax_lanes<Lanes>, mix_lanes<Lanes>,
                        norm_lanes<Lanes>,    swiglu_lanes<Lanes>,
                        add_scaled_lanes<Lanes>};

}  // namespace cambium::model::eval
