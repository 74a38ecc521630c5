#include "chain/modules/evaluation/queries.hpp"

#include <algorithm>

#include "chain/modules/evaluation/evaluation.hpp"

namespace cambium::chain::evaluation {
namespace {

constexpr std::uint32_t kPage = 100;

Result<pb::Params> params(const ReadContext& ctx, const pb::ParamsRequest&) {
  return kEvaluationParams.get_or_default(ctx, {});
}

Result<pb::Candidate> one(const ReadContext& ctx, const pb::CandidateRequest& request) {
  const auto found = candidate(ctx, request.candidate());
  if (!found) return fail(ErrorCode::not_found, "there is no such candidate; ask for the list");
  return *found;
}

/// Newest first: ids count upwards, so they are walked down.
Result<pb::CandidateList> many(const ReadContext& ctx, const pb::CandidatesRequest& request) {
  pb::CandidateList list;
  const int most = int(request.limit() == 0 ? kPage : std::min(request.limit(), kPage));
  std::uint64_t id = kCounter.get_or_default(ctx, {}).last();
  if (request.before() > 0) id = std::min(id, request.before() - 1);
  for (; id > 0 && list.items_size() < most; --id) {
    const auto item = candidate(ctx, id);
    if (!item || (!request.model().empty() && item->model() != request.model()) ||
        (!request.account().empty() && item->account() != request.account())) {
      continue;
    }
    *list.add_items() = *item;
  }
  return list;
}

Result<pb::EvaluatorList> evaluators(const ReadContext& ctx, const pb::EvaluatorsRequest&) {
  pb::EvaluatorList list;
  kEvaluators.scan(ctx, kEvaluators.prefix(), [&](const auto&, const pb::Evaluator& item) {
    *list.add_items() = item;
    return ScanStep::next;
  });
  return list;
}

Result<pb::Contributor> contributor(const ReadContext& ctx, const pb::ContributorRequest& request) {
  const auto account = Address::from(as_bytes(request.account()));
  if (!account) return fail(ErrorCode::invalid_input, "an account is 20 bytes");
  return kContributors.get_or_default(ctx, {*account});
}

Result<pb::HarmList> harms(const ReadContext& ctx, const pb::HarmsRequest& request) {
  pb::HarmList list;
  kHarms.scan(ctx, kHarms.prefix(request.model()), [&](const auto&, const pb::SliceHarm& item) {
    *list.add_items() = item;
    return ScanStep::next;
  });
  return list;
}

}  // namespace

std::vector<Query> queries() {
  return {
      query<pb::ParamsRequest, pb::Params>(
          "params", params, +[](const pb::ParamsRequest&) { return kEvaluationParams.key({}); }),
      query<pb::CandidateRequest, pb::Candidate>(
          "candidate", one,
          +[](const pb::CandidateRequest& request) {
            return kCandidates.key({request.candidate()});
          }),
      query<pb::CandidatesRequest, pb::CandidateList>("candidates", many),
      query<pb::EvaluatorsRequest, pb::EvaluatorList>("evaluators", evaluators),
      query<pb::ContributorRequest, pb::Contributor>("contributor", contributor),
      query<pb::HarmsRequest, pb::HarmList>("harms", harms),
  };
}

}  // namespace cambium::chain::evaluation
