// Stop sequences are text, tokens are not cut where they are: what might be the start of one is
// held back until it is certain.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cambium::serve {

class StopText {
 public:
  explicit StopText(std::vector<std::string> stops);

  /// The text that may be shown after `piece` arrived.
  std::string push(std::string_view piece);
  /// Whether a stop sequence has appeared; nothing is shown from then on.
  bool stopped() const { return stopped_; }
  /// What was held back, at the end of the answer.
  std::string finish();

 private:
  std::vector<std::string> stops_;
  std::string held_;
  bool stopped_ = false;
};

}  // namespace cambium::serve
