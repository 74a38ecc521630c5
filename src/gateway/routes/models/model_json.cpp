#include "gateway/routes/models/model_json.hpp"

#include <fmt/format.h>

#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/models/block_header.hpp"

namespace cambium::gateway {
namespace {

namespace models = chain::models;

std::string hex(const std::string& bytes) { return to_hex(as_bytes(bytes)); }

// Measured quality by slice comes from the report; the chain knows the slices themselves.
Json slices_json(const models::pb::MetaRules& rules, const Json& story) {
  Json slices = Json::array();
  for (const auto& slice : rules.slices()) {
    Json entry = {{"name", slice.name()},
                  {"dataset", slice.dataset()},
                  {"licence", slice.licence()},
                  {"tokens", slice.public_tokens() + slice.hidden_tokens()},
                  {"before", nullptr},
                  {"after", nullptr}};
    if (story.is_object()) {
      for (const auto& measured : story.value("before_after", Json::array())) {
        if (measured.value("name", "") != slice.name()) continue;
        entry["before"] = measured.value("before", Json());
        entry["after"] = measured.value("after", Json());
      }
    }
    slices.push_back(entry);
  }
  return slices;
}

Json seats_json(const cambium::evaluation::v1::Candidate& candidate) {
  Json seats = Json::array();
  for (const auto& seat : candidate.seats()) {
    seats.push_back({{"account", address_text(seat.account())},
                     {"committed", !seat.commitment().empty()},
                     {"revealed", seat.revealed()}});
  }
  return seats;
}

Json verdict_slices(const cambium::evaluation::v1::Verdict& verdict) {
  Json slices = Json::array();
  for (const auto& slice : verdict.slices()) {
    slices.push_back({{"name", slice.slice()},
                      {"half", word_of(Half_Name(slice.half()), "HALF_")},
                      {"target", slice.target()},
                      {"mean_gain_nano", slice.mean_gain_nano()},
                      {"lower_bound_nano", slice.lower_bound_nano()},
                      {"upper_harm_nano", slice.upper_harm_nano()},
                      {"incumbent_loss_nano", slice.incumbent_loss_nano()},
                      {"candidate_loss_nano", slice.candidate_loss_nano()},
                      {"sequences", slice.sequences()},
                      {"tokens", slice.tokens()}});
  }
  return slices;
}

}  // namespace

Json story_of(const node::Node& node) {
  const auto text = node.story();
  return text ? Json::parse(*text, nullptr, false) : Json();
}

Json summary_json(const state::View& view, const models::pb::Model& model, const Json& story) {
  const auto rules = rules_of(view, model);
  const auto& version = model.version();
  return {{"id", model.id()},
          {"name", rules.title().empty() ? model.id() : rules.title()},
          {"version", fmt::format("{}.{}.{}", version.major(), version.minor(), version.patch())},
          {"generation", version.generation()},
          {"index_root", hex(model.index_root())},
          {"architecture", record_json(rules.architecture())},
          {"anchor_experts", model.anchor_experts()},
          {"contributed_experts", model.contributed_experts()},
          {"block_count", model.blocks()},
          {"owner", address_text(model.owner())},
          {"slices", slices_json(rules, story)}};
}

Json block_json(const models::pb::Block& block) {
  Json json = {{"id", hex(block.id())},
               {"position", block.position()},
               {"height", block.height()},
               {"version", block.version()},
               {"status", word_of(BlockStatus_Name(block.status()), "BLOCK_STATUS_")},
               {"evaluation", block.candidate() == 0 ? Json() : Json(block.candidate())},
               {"gain_nano", block.gain_nano()}};
  const auto parsed = models::parse_header(as_bytes(block.header()));
  if (!parsed) return json;
  const auto& header = parsed->header;
  Json parents = Json::array();
  for (const auto& parent : header.depends_on()) parents.push_back(hex(parent));
  json["type"] = word_of(BlockType_Name(header.type()), "BLOCK_TYPE_");
  json["name"] = header.name();
  json["layer"] = header.layer();
  json["depends_on"] = parents;
  json["payload_root"] = hex(header.payload_root());
  json["payload_bytes"] = header.payload_bytes();
  json["account"] = address_text(header.account());
  return json;
}

Json candidate_json(const cambium::evaluation::v1::Candidate& candidate) {
  namespace pb = cambium::evaluation::v1;
  const auto& verdict = candidate.verdict();
  Json experts = Json::array();
  for (const auto& bytes : candidate.headers()) {
    if (const auto parsed = models::parse_header(as_bytes(bytes))) {
      experts.push_back(parsed->header.name());
    }
  }
  const auto reason = word_of(Reason_Name(verdict.reason()), "REASON_");
  return {{"id", candidate.id()},
          {"expert", experts.empty() ? Json() : experts.front()},
          {"experts", experts},
          {"account", address_text(candidate.account())},
          {"status", word_of(CandidateStatus_Name(candidate.status()), "CANDIDATE_STATUS_")},
          {"reason", verdict.reason() == pb::REASON_NONE ? Json() : Json(reason)},
          {"target_slice", candidate.target_slice()},
          {"declared_gain_nano", candidate.declared_gain_nano()},
          {"failed_slice", verdict.slice()},
          {"measured_nano", verdict.measured_nano()},
          {"limit_nano", verdict.limit_nano()},
          {"other_candidate", verdict.other_candidate()},
          {"detail", verdict.detail()},
          {"opened_height", candidate.committed_height()},
          {"decided_height", verdict.height()},
          {"slices", verdict_slices(verdict)},
          {"small_committee", verdict.small_committee()},
          {"committee", seats_json(candidate)}};
}

}  // namespace cambium::gateway
