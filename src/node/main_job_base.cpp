// The first half of the main job: a base model on the chain, served and measured.
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/crash_point.hpp"
#include "base/durable_file.hpp"
#include "chain/modules/models/models.hpp"
#include "learn/base_trainer.hpp"
#include "node/main_job_impl.hpp"

namespace cambium::node {
namespace {

const CrashPoint kAfterTokenizer("node.base.after_tokenizer");
const CrashPoint kAfterTraining("node.base.after_training");
const CrashPoint kAfterBlocks("node.base.after_blocks");

Result<std::string> read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (in && text << in.rdbuf()) return text.str();
  return fail(ErrorCode::not_found, fmt::format("{} is not there.", path.string()));
}

/// "name root" lines: which payloads training put into the store. Written last, so its presence
/// says that training is over.
Status save_roots(const std::filesystem::path& path, const std::map<std::string, Hash>& roots) {
  std::string text;
  for (const auto& [name, root] : roots) text += name + " " + root.hex() + "\n";
  return write_durably(path, {as_bytes(text)});
}

Result<std::map<std::string, Hash>> load_roots(const std::filesystem::path& path) {
  TRY(auto text, read_text(path));
  std::map<std::string, Hash> out;
  std::istringstream in(text);
  for (std::string name, hex; in >> name >> hex;) {
    auto root = Hash::from_hex(hex);
    if (!root) return fail(ErrorCode::corrupt, fmt::format("{} is damaged; delete it to train "
                                                           "again.", path.string()));
    out[name] = *root;
  }
  return out;
}

}  // namespace

Result<learn::TokenStream> MainJob::Impl::stream(std::string_view id) const {
  return corpus.stream(*tokenizer, id);
}

Status MainJob::Impl::train_base() {
  const auto folder = paths.train("base");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (auto json = read_text(folder / "tokenizer.json")) {
    TRY(tokenizer, model::Tokenizer::from_json(*json));
  } else {
    tell("base", "learning the tokenizer");
    const auto sources = corpus.base_sources();
    TRY(tokenizer, learn::train_tokenizer({sources, corpus.recipe().architecture.vocab,
                                           corpus.recipe().tokenizer_bytes}));
    TRY_STATUS(write_durably(folder / "tokenizer.json", {as_bytes(tokenizer->json())}));
    kAfterTokenizer.pass();
  }
  if (std::filesystem::exists(folder / "roots", error)) return {};
  learn::BaseJob job;
  job.architecture = corpus.recipe().architecture;
  for (auto id : kBaseDatasets) {
    TRY(auto tokens, stream(id));
    job.streams.push_back(std::move(tokens));
  }
  job.seed = options.seed;
  job.batch_rows = corpus.recipe().batch_rows;
  job.row_tokens = corpus.recipe().row_tokens;
  job.learning_rate = corpus.recipe().base_rate;
  job.warm_up = corpus.recipe().warm_up;
  job.budget = corpus.recipe().base;
  job.threads = static_cast<unsigned>(node.config().whole("train.threads"));
  job.checkpoints = folder;
  const std::string run =
      node.progress().begin({"base", "base", "The base model, frozen once it is published", 0});
  tell("base", "training the base model");
  auto trained = learn::train_base(job, node.clock(), to_board(run));
  static_cast<void>(node.progress().update(
      run, {.step = {}, .steps = {}, .loss = {}, .tokens_per_s = {}, .eta_s = 0,
            .state = trained ? RunState::done
                     : trained.error().code == ErrorCode::cancelled ? RunState::cancelled
                                                                    : RunState::failed,
            .detail = {}}));
  if (!trained) return tl::unexpected<Error>(trained.error());
  kAfterTraining.pass();
  TRY(auto roots, learn::store_blocks(node.store(), trained->blocks));
  kAfterBlocks.pass();
  tell("base", fmt::format("{} steps in {:.0f} s, {:.0f} tokens/s, loss {:.3f}", trained->steps,
                           trained->seconds, trained->tokens_per_s, trained->final_loss));
  return save_roots(folder / "roots", roots);
}

Status MainJob::Impl::publish() {
  TRY(halves, corpus.halves(*tokenizer));
  Publication p;
  p.model = kMainModel;
  p.title = "Cambium small: prose of a Debian system";
  p.architecture = corpus.recipe().architecture;
  p.architecture.vocab = tokenizer->vocab();
  TRY(p.tokenizer_root, node.store().put(as_bytes(tokenizer->json())));
  TRY(p.blocks, load_roots(paths.train("base") / "roots"));
  p.slices = describe_slices(corpus.datasets(), halves);
  TRY_STATUS(publish_model(node, p));
  tell("publish", fmt::format("{} blocks of {} are on the compute chain", p.blocks.size(),
                              p.model));
  return start_evaluator();
}

Status MainJob::Impl::start_evaluator() {
  TRY(auto key, node.keys().find(std::string(kEvaluatorKey)));
  TRY(auto seat, node.sender(kEvaluatorKey, node.compute()));
  auto on_measure = [this](std::uint64_t candidate, std::size_t done, std::size_t of) {
    if (done % 64 == 0 || done == of) {
      tell("measure", fmt::format("candidate {}: {} of {} sequences", candidate, done, of));
    }
  };
  const auto threads = std::max<std::uint64_t>(1, node.config().whole("node.threads"));
  evaluator = std::make_unique<Evaluator>(node, *seat, std::move(key), halves,
                                          static_cast<unsigned>(threads), on_measure);
  evaluator_loop = std::make_unique<RoleLoop>(
      RoleLoop::Options{"evaluator", 500},
      [this](std::stop_token role_stop) { return evaluator->step(role_stop); });
  return {};
}

Result<std::vector<SliceQuality>> MainJob::Impl::measure_served(const std::string& part) {
  TRY_STATUS(node.reload_model(std::string(kMainModel)));
  TRY(auto snapshot, node.host().current(kMainModel));
  learn::MeasureOptions how;
  how.on_progress = [&](std::size_t done, std::size_t of) {
    if (done % 64 == 0) tell("measure", fmt::format("{}: {} of {} sequences", part, done, of));
    return !stopped();
  };
  TRY(auto losses, learn::measure(*snapshot->weights, halves, how));
  auto out = summarise(halves, losses);
  for (auto& quality : out) {
    const auto& record = corpus.dataset(quality.slice).record;
    quality.dataset = dataset_name(record);
    quality.licence = record.licence;
    tell("measure", fmt::format("{} {}: perplexity {:.1f}, {:.3f} bits/byte", part, quality.slice,
                                quality.perplexity, quality.bits_per_byte));
  }
  return out;
}

std::vector<std::string> MainJob::Impl::answer_prompts() {
  std::vector<std::string> out;
  for (const auto& c : report.continuations) {
    serve::ChatRequest ask;
    ask.model_id = kMainModel;
    ask.prompt = c.prompt;
    ask.max_tokens = 24;
    ask.seed = options.seed;
    model::CancelToken never;
    auto answer = node.host().generate(ask, [](const serve::Chunk&) { return true; }, never);
    out.push_back(answer ? answer->text : "");
  }
  return out;
}

Status MainJob::Impl::serve_and_measure() {
  if (!report.before.empty()) return node.reload_model(std::string(kMainModel));
  TRY(auto before, measure_served("before"));
  // Two of the new domain, long enough for gates to know it, and one of the anchor's own.
  for (const char* prompt : {"And the LORD spake unto Moses, saying,",
                             "And it came to pass in those days, that", "The kernel"}) {
    report.continuations.push_back({prompt, "", ""});
  }
  const auto answers = answer_prompts();
  for (std::size_t i = 0; i < answers.size(); ++i) report.continuations[i].before = answers[i];
  report.before = std::move(before);
  return save();
}

}  // namespace cambium::node
