// What the tests of learning share: two made-up languages the anchor learns, a third that is new,
// and a nano model trained on the first two once for all tests.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "learn/base_trainer.hpp"
#include "learn/bad_candidates.hpp"
#include "learn/evaluation.hpp"
#include "learn/expert_trainer.hpp"
#include "learn/gate.hpp"

namespace cambium::learn {

class TestWorld {
 public:
  /// Made at the first call: a few seconds.
  static const TestWorld& get();

  const Tokenizer& tokenizer() const { return *tokenizer_; }
  const TokenStream& stream(const std::string& language) const { return streams_.at(language); }
  const model::ModelWeights& head() const { return *head_; }
  const std::vector<SliceHalf>& halves() const { return halves_; }
  /// Public sequences of the new language.
  const std::vector<Tokens>& target() const;

  /// Small jobs that a test may vary.
  BaseJob base_job() const;
  ExpertJob expert_job() const;
  /// The expert job's result, trained once.
  const ExpertResult& trained() const { return trained_; }
  std::vector<CandidateExpert> candidate() const;

 private:
  TestWorld();
  std::shared_ptr<const Tokenizer> tokenizer_;
  std::map<std::string, TokenStream> streams_;
  std::vector<SliceHalf> halves_;
  model::SharedWeights head_;
  ExpertResult trained_;
};

/// A fresh folder for one test.
std::filesystem::path fresh_folder(const std::string& name);

}  // namespace cambium::learn
