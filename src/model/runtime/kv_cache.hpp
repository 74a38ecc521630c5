// Keys and values of one conversation, [layer][kv head][position][head_dim], so that the positions
// of a head are the rows of one matrix.
#pragma once

#include <cstddef>
#include <vector>

#include "model/architecture.hpp"

namespace cambium::model::runtime {

class KvCache {
 public:
  KvCache(const Architecture& a, std::size_t capacity)
      : capacity_(capacity),
        head_dim_(a.head_dim),
        heads_(a.kv_heads),
        keys_(a.layers * a.kv_heads * capacity * a.head_dim),
        values_(keys_.size()) {}

  std::size_t capacity() const { return capacity_; }
  std::size_t length() const { return length_; }
  void set_length(std::size_t length) { length_ = length; }

  struct Head {
    std::size_t layer;
    std::size_t kv_head;
  };
  float* keys(const Head& head) { return keys_.data() + offset(head); }
  float* values(const Head& head) { return values_.data() + offset(head); }

 private:
  std::size_t offset(const Head& head) const {
    return (head.layer * heads_ + head.kv_head) * capacity_ * head_dim_;
  }

  std::size_t capacity_;
  std::size_t head_dim_;
  std::size_t heads_;
  std::size_t length_ = 0;
  std::vector<float> keys_;
  std::vector<float> values_;
};

}  // namespace cambium::model::runtime
