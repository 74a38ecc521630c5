#include "node/corpus.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "crypto/merkle.hpp"

namespace cambium::node {
namespace {

learn::TextSource source_of(const data::Dataset& dataset, data::Split split) {
  return {dataset.record.id, dataset.record.version, dataset.record.root, dataset.texts(split)};
}

/// One hash for a half: RFC 6962 over its sequences' token bytes.
Hash half_root(const learn::SliceHalf& half) {
  std::vector<Hash> leaves;
  for (const auto& sequence : half.sequences) {
    leaves.push_back(crypto::merkle_leaf(learn::token_bytes(sequence)));
  }
  return crypto::merkle_root(leaves);
}

std::uint64_t predictions(const learn::SliceHalf& half) {
  std::uint64_t count = 0;
  for (const auto& sequence : half.sequences) count += sequence.size() - 1;
  return count;
}

}  // namespace

Status Corpus::build(const std::filesystem::path& cache, const data::OnBuild& on_build) {
  if (!datasets_.empty()) return {};
  std::vector<std::string_view> ids(std::begin(kBaseDatasets), std::end(kBaseDatasets));
  ids.push_back(kNewDataset);
  std::vector<data::Dataset> made;
  for (auto id : ids) {
    TRY(auto dataset, data::build(id, {.cache = cache}, on_build));
    made.push_back(std::move(dataset));
  }
  std::sort(made.begin(), made.end(),
            [](const auto& a, const auto& b) { return a.record.id < b.record.id; });
  datasets_ = std::move(made);
  return {};
}

const data::Dataset& Corpus::dataset(std::string_view id) const {
  for (const auto& dataset : datasets_) {
    if (dataset.record.id == id) return dataset;
  }
  CHECK(false, "datasets are named by the constants of this header");
}

std::vector<learn::TextSource> Corpus::base_sources() const {
  std::vector<learn::TextSource> out;
  for (auto id : kBaseDatasets) out.push_back(source_of(dataset(id), data::Split::train));
  return out;
}

Result<learn::TokenStream> Corpus::stream(const learn::Tokenizer& tokenizer,
                                          std::string_view id) const {
  return learn::encode_stream(tokenizer, source_of(dataset(id), data::Split::train),
                              recipe_.tokens_per_dataset);
}

Result<std::vector<learn::SliceHalf>> Corpus::halves(const learn::Tokenizer& tokenizer) const {
  std::vector<learn::SliceHalf> out;
  const learn::SequenceCut cut{recipe_.row_tokens, recipe_.sequences};
  const std::uint64_t tokens = (recipe_.row_tokens + 1) * (recipe_.sequences + 1);
  for (const auto& dataset : datasets_) {
    for (auto [split, half] :
         {std::pair{data::Split::public_half, learn::Half::public_half},
          std::pair{data::Split::hidden_half, learn::Half::hidden_half}}) {
      TRY(auto stream, learn::encode_stream(tokenizer, source_of(dataset, split), tokens));
      TRY(auto made, learn::make_slice(tokenizer, stream, half, cut));
      made.slice = dataset.record.id;
      out.push_back(std::move(made));
    }
  }
  return out;
}

std::string dataset_name(const data::DatasetRecord& record) {
  return record.id + "@" + record.version;
}

std::vector<cambium::models::v1::Slice> describe_slices(
    const std::vector<data::Dataset>& datasets, const std::vector<learn::SliceHalf>& halves) {
  std::vector<cambium::models::v1::Slice> out;
  for (const auto& dataset : datasets) {
    cambium::models::v1::Slice slice;
    slice.set_name(dataset.record.id);
    slice.set_dataset(dataset_name(dataset.record));
    slice.set_licence(dataset.record.licence);
    slice.set_operator_trusted(true);
    for (const auto& half : halves) {
      if (half.slice != dataset.record.id) continue;
      if (half.half == learn::Half::public_half) {
        slice.set_public_root(to_string(half_root(half)));
        slice.set_public_tokens(predictions(half));
      } else {
        slice.set_hidden_root(to_string(half_root(half)));
        slice.set_hidden_tokens(predictions(half));
      }
    }
    out.push_back(std::move(slice));
  }
  return out;
}

}  // namespace cambium::node
