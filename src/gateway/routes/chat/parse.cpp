#include "gateway/routes/chat/parse.hpp"

#include <charconv>

namespace cambium::gateway {
namespace {

constexpr std::int64_t kDefaultTokens = 64;

Result<bool> flag_field(const Json& object, const char* key, bool fallback) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return fallback;
  if (!found->is_boolean()) {
    return fail(ErrorCode::invalid_input,
                "the field \"" + std::string(key) + "\" must be true or false");
  }
  return found->get<bool>();
}

Result<std::int64_t> bounded(const Json& body, const char* key, std::int64_t fallback,
                             std::int64_t most) {
  TRY(const auto value, whole_field(body, key, fallback));
  if (value >= 0 && value <= most) return value;
  return fail(ErrorCode::invalid_input, "the field \"" + std::string(key) +
                                            "\" must be between 0 and " + std::to_string(most));
}

Result<std::vector<std::string>> stops_of(const Json& body) {
  std::vector<std::string> stops;
  const auto found = body.find("stop");
  if (found == body.end() || found->is_null()) return stops;
  if (found->is_string()) return std::vector<std::string>{found->get<std::string>()};
  const bool strings = found->is_array() && std::ranges::all_of(*found, [](const Json& item) {
                         return item.is_string() && !item.get<std::string>().empty();
                       });
  if (!strings) {
    return fail(ErrorCode::invalid_input, "the field \"stop\" must be a string or a list of them");
  }
  for (const auto& item : *found) stops.push_back(item.get<std::string>());
  return stops;
}

}  // namespace

std::uint64_t fresh_seed(Services& services) {
  static std::mutex mutex;
  std::lock_guard lock(mutex);
  return services.node.random().next_u64() >> 1;
}

Result<ChatJob> chat_job(Services& services, const Request& request, const Json& body) {
  ChatJob job;
  job.request_id = request.request_id;
  TRY(job.account, services.billing.account_of(request));
  auto& chat = job.request;
  TRY(chat.prompt, text_field(body, "prompt"));
  if (const auto model = body.find("model"); model != body.end() && model->is_string()) {
    chat.model_id = model->get<std::string>();
  }
  const auto most_tokens = std::int64_t(services.node.config().whole("serve.max_tokens"));
  TRY(const auto tokens,
      bounded(body, "max_tokens", std::min(kDefaultTokens, most_tokens), most_tokens));
  TRY(const auto top_k, bounded(body, "top_k", 0, 1 << 20));
  TRY(const auto top_experts, bounded(body, "top_k_experts", 0, 64));
  TRY(const auto temperature, real_field(body, "temperature", 0.8));
  TRY(const auto top_p, real_field(body, "top_p", 1.0));
  TRY(const auto min_p, real_field(body, "min_p", 0.0));
  TRY(const auto seed, whole_field(body, "seed", std::int64_t(fresh_seed(services))));
  TRY(const auto use_moe, flag_field(body, "use_moe", true));
  TRY(chat.stop, stops_of(body));
  chat.max_tokens = std::uint32_t(tokens);
  chat.top_k = std::uint32_t(top_k);
  chat.top_k_experts = std::uint32_t(top_experts);
  chat.temperature = float(temperature);
  chat.top_p = float(top_p);
  chat.min_p = float(min_p);
  chat.seed = std::uint64_t(seed);
  using Experts = model::GenerateRequest::Experts;
  chat.experts = use_moe ? Experts::all : Experts::shared_only;
  const double rate = services.node.config().real("gateway.credits_per_cbm");
  chat.credits_per_cbm = Ratio{std::uint64_t(rate * double(kNano))};
  return job;
}

Json body_of_query(const Request& request) {
  Json body = Json::object();
  for (const auto& [key, value] : request.query) {
    const auto parsed = Json::parse(value, nullptr, false);
    const bool text = key == "prompt" || key == "model" || key == "stop";
    body[key] = text || parsed.is_discarded() ? Json(value) : parsed;
  }
  return body;
}

Json experts_json(const std::vector<serve::ReceiptExpert>& experts) {
  Json list = Json::array();
  for (const auto& expert : experts) {
    list.push_back({{"name", model::to_text(expert.name)},
                    {"tokens", expert.tokens},
                    {"gate_mass", double(expert.gate_mass_nano) * 1e-9}});
  }
  return list;
}

std::string_view finish_reason(model::StopReason reason) {
  return reason == model::StopReason::length || reason == model::StopReason::context_full
             ? "length"
             : "stop";
}

Json start_event(const std::string& id, const serve::Prepared& prepared,
                 serve::MicroCredits input) {
  return {{"stream_id", id},
          {"input_cost", serve::to_text(input)},
          {"input_tokens", prepared.input_tokens},
          {"max_tokens", prepared.generate.max_tokens},
          {"model", prepared.snapshot->id},
          {"index_root", prepared.snapshot->index_root.hex()}};
}

Json token_event(const serve::Chunk& chunk, double tokens_per_second) {
  return {{"token", chunk.text},
          {"index", chunk.index},
          {"cost", serve::to_text(chunk.cost)},
          {"cumulative_cost", serve::to_text(chunk.cumulative)},
          {"tokens_per_second", tokens_per_second}};
}

Json tail_event(std::string_view text, const ChatResult& result) {
  return {{"token", text},
          {"index", result.output_tokens},
          {"cost", serve::to_text(serve::MicroCredits{})},
          {"cumulative_cost", serve::to_text(result.total_cost)},
          {"tokens_per_second", result.tokens_per_second}};
}

Json end_event(const ChatResult& result) {
  return {{"total_tokens", result.output_tokens},
          {"input_tokens", result.input_tokens},
          {"total_cost", serve::to_text(result.total_cost)},
          {"duration", result.duration_s},
          {"tokens_per_second", result.tokens_per_second},
          {"reason", model::name(result.reason)},
          {"experts", experts_json(result.experts)}};
}

Json error_event(const Error& error) {
  const auto problem = problem_of(error);
  return {{"code", problem.code}, {"detail", problem.detail}, {"next_step", problem.next_step}};
}

}  // namespace cambium::gateway
