#include "learn/lineage.hpp"

#include <algorithm>

#include "base/amount.hpp"
#include "crypto/merkle.hpp"
#include "crypto/sha256.hpp"
#include "learn/detail/manifest.hpp"

namespace cambium::learn {
namespace {

Hash row_draw(const Hash& seed, std::uint64_t step, std::uint64_t row) {
  Bytes place;
  append_be64(place, step);
  append_be64(place, row);
  return crypto::sha256({as_bytes("cambium/batch/v1"), seed.view(), place});
}

// Which share the n-th row of the whole run comes from. Multiples of the golden ratio modulo one
// fill the unit interval evenly (Weyl 1916), so any run of rows meets the shares closely.
std::size_t share_of(std::span<const StreamShare> shares, std::uint64_t row) {
  constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio
  const auto point =
      static_cast<std::uint64_t>((static_cast<u128>(row * kGolden) * kNano) >> 64);
  std::uint64_t bound = 0;
  for (std::size_t i = 0; i + 1 < shares.size(); ++i) {
    bound += shares[i].share_nano;
    if (point < bound) return i;
  }
  return shares.size() - 1;
}

const TokenStream* find(std::span<const TokenStream> streams,
                        const cambium::learn::v1::DatasetUse& use) {
  const auto at = std::find_if(streams.begin(), streams.end(), [&](const TokenStream& s) {
    return s.dataset == use.id() && s.version == use.version();
  });
  return at == streams.end() ? nullptr : &*at;
}

Result<BatchPlan> plan_of(const LineageCheck& check) {
  const Lineage& m = check.manifest;
  const auto seed = Hash::from(as_bytes(m.seed()));
  if (!seed || m.batch_rows() == 0 || m.row_tokens() == 0 || m.datasets().empty()) {
    return fail(ErrorCode::invalid_input, "The manifest of " + m.expert() +
                                              " names no seed, batch shape or datasets.");
  }
  BatchPlan plan{*seed, m.batch_rows(), m.row_tokens(), {}};
  for (const auto& use : m.datasets()) {
    const TokenStream* stream = find(check.streams, use);
    if (stream == nullptr) {
      return fail(ErrorCode::not_found, "The dataset " + use.id() + "@" + use.version() +
                                            " that the manifest names is not here; fetch it.");
    }
    const Hash hash = token_hash(stream->tokens);
    if (as_chars(hash) != use.stream_hash() || stream->tokens.size() != use.stream_tokens()) {
      return fail(ErrorCode::refused, "The manifest's tokens of " + use.id() + "@" +
                                          use.version() + " are not the dataset's tokens.");
    }
    plan.shares.push_back({stream, use.share_nano(), use.replay()});
  }
  return plan;
}

Status check_samples(const LineageCheck& check, const BatchPlan& plan) {
  const auto rows = detail::rows_by_share(plan, check.manifest.steps());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& use = check.manifest.datasets(static_cast<int>(i));
    if (rows[i] == use.samples()) continue;
    return fail(ErrorCode::refused, "The manifest claims " + std::to_string(use.samples()) +
                                        " samples of " + use.id() + "; its plan draws " +
                                        std::to_string(rows[i]) + ".");
  }
  return {};
}

}  // namespace

std::vector<std::uint64_t> detail::rows_by_share(const BatchPlan& plan, std::uint64_t steps) {
  std::vector<std::uint64_t> rows(plan.shares.size(), 0);
  for (std::uint64_t row = 0; row < steps * plan.batch_rows; ++row) {
    ++rows[share_of(plan.shares, row)];
  }
  return rows;
}

Hash Batch::leaf() const {
  Bytes bytes;
  for (const Tokens& row : rows) append(bytes, token_bytes(row));
  return crypto::merkle_leaf(bytes);
}

Batch BatchPlan::batch(std::uint64_t step) const {
  Batch out;
  for (std::uint64_t r = 0; r < batch_rows; ++r) {
    const std::size_t which = share_of(shares, step * batch_rows + r);
    const Tokens& tokens = shares[which].stream->tokens;
    const Hash draw = row_draw(seed, step, r);
    const std::uint64_t places = tokens.size() - row_tokens;
    const std::uint64_t at = read_be64(draw.view().first(8)) % places;
    const auto begin = tokens.begin() + static_cast<std::ptrdiff_t>(at);
    out.rows.emplace_back(begin, begin + row_tokens + 1);
    out.streams.push_back(which);
  }
  return out;
}

Hash batch_seed(ByteView lease, ByteView beacon) {
  return crypto::sha256({as_bytes("cambium/batch-seed/v1"), lease, beacon});
}

Result<LineageVerdict> verify_lineage(const LineageCheck& check) {
  const Lineage& m = check.manifest;
  if (check.leaves.size() != m.steps() || m.steps() == 0) {
    return fail(ErrorCode::refused, "The manifest claims " + std::to_string(m.steps()) +
                                        " batches; " + std::to_string(check.leaves.size()) +
                                        " were published.");
  }
  if (as_chars(crypto::merkle_root(check.leaves)) != m.batch_root()) {
    return fail(ErrorCode::refused, "The published batches do not lead to the manifest's root.");
  }
  TRY(const BatchPlan plan, plan_of(check));
  TRY_STATUS(check_samples(check, plan));
  LineageVerdict verdict;
  const std::uint64_t count = std::max<std::uint64_t>(1, m.steps() / 100);
  for (std::uint64_t i = 0; i < count; ++i) {
    Bytes place;
    append_be64(place, i);
    const Hash draw = crypto::sha256({check.challenge.view(), place});
    const std::uint64_t step = read_be64(draw.view().first(8)) % m.steps();
    if (plan.batch(step).leaf() != check.leaves[step]) {
      return fail(ErrorCode::refused, "Batch " + std::to_string(step) +
                                          " was not made of the data that the manifest names.");
    }
    ++verdict.batches_rebuilt;
  }
  return verdict;
}

}  // namespace cambium::learn
