// The datasets of the main job as this node uses them: text, token streams and measured slices.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cambium/models/v1/models.pb.h"
#include "data/corpus.hpp"
#include "learn/evaluation.hpp"
#include "learn/profile.hpp"
#include "learn/text.hpp"

namespace cambium::node {

/// What the base model is trained on, and the domain that a contributor adds.
inline constexpr std::string_view kBaseDatasets[] = {"debian-handbook", "kernel-doc", "wordnet"};
inline constexpr std::string_view kNewDataset = "kjv-bible";

class Corpus {
 public:
  explicit Corpus(learn::Recipe recipe) : recipe_(std::move(recipe)) {}

  /// Builds every dataset, from the cache when it is there.
  Status build(const std::filesystem::path& cache, const data::OnBuild& on_build);
  const std::vector<data::Dataset>& datasets() const { return datasets_; }
  const data::Dataset& dataset(std::string_view id) const;

  /// What the tokenizer and the base model learn from.
  std::vector<learn::TextSource> base_sources() const;
  /// The training tokens of one dataset.
  Result<learn::TokenStream> stream(const learn::Tokenizer& tokenizer, std::string_view id) const;
  /// Both halves of every dataset, by name, public before hidden.
  Result<std::vector<learn::SliceHalf>> halves(const learn::Tokenizer& tokenizer) const;
  const learn::Recipe& recipe() const { return recipe_; }

 private:
  learn::Recipe recipe_;
  std::vector<data::Dataset> datasets_;  // by id
};

/// "id@version", the dataset's name on chain.
std::string dataset_name(const data::DatasetRecord& record);
/// What a meta block says of the slices: name, roots and sizes of both halves.
std::vector<cambium::models::v1::Slice> describe_slices(
    const std::vector<data::Dataset>& datasets, const std::vector<learn::SliceHalf>& halves);

}  // namespace cambium::node
