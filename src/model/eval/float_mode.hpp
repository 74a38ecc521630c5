// The floating-point mode that the kernel's promise rests on.
#pragma once

#include <cfenv>

namespace cambium::model::eval {

/// Rounds to nearest and keeps subnormals while it lives, whatever the thread had set before
/// (training libraries switch flushing on), then puts that back.
class DefaultFloatMode {
 public:
  DefaultFloatMode() {
    std::fegetenv(&before_);
    std::fesetenv(FE_DFL_ENV);
  }
  DefaultFloatMode(const DefaultFloatMode&) = delete;
  DefaultFloatMode& operator=(const DefaultFloatMode&) = delete;
  ~DefaultFloatMode() { std::fesetenv(&before_); }

 private:
  std::fenv_t before_;
};

}  // namespace cambium::model::eval
