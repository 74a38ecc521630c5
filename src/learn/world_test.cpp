#include <unistd.h>

#include "base/random.hpp"
#include "learn/test_world.hpp"

namespace cambium::learn {
namespace {

// Each language strings its own words together in its own order.
struct Language {
  std::string name;
  std::vector<std::string> subjects, verbs, objects;
};

const std::vector<Language>& languages() {
  static const std::vector<Language> kLanguages = {
      {"farm", {"the cow", "a horse", "the old farmer", "one sheep"},
       {"eats", "watches", "follows", "carries"}, {"the hay", "a red barn", "the gate", "corn"}},
      {"ship", {"our captain", "the sailor", "a whale", "the small boat"},
       {"crosses", "fears", "leaves", "finds"}, {"the deep sea", "an island", "port", "the storm"}},
      {"law", {"said tribunal", "the aforesaid party", "such plaintiff", "any appellant"},
       {"hereby revokes", "shall construe", "doth pursuant grant", "may thereby void"},
       {"subsection nine", "the covenant", "a writ thereof", "due liability"}},
  };
  return kLanguages;
}

std::vector<std::string> documents_of(const Language& language, std::uint64_t seed) {
  SeededRandom random(seed);
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random.below(from.size())];
  };
  std::vector<std::string> out(200);
  for (std::string& text : out) {
    for (int i = 0; i < 12; ++i) {
      text += pick(language.subjects) + " " + pick(language.verbs) + " " +
              pick(language.objects) + ". ";
    }
  }
  return out;
}

TextSource source_of(const Language& language, const std::vector<std::string>& documents) {
  return {language.name, "1", {}, {documents.begin(), documents.end()}};
}

constexpr SequenceCut kCut = {64, 24};

}  // namespace

TestWorld::TestWorld() {
  std::map<std::string, std::vector<std::string>> texts;
  std::vector<TextSource> sources;
  for (const Language& language : languages()) {
    texts[language.name] = documents_of(language, 1);
    sources.push_back(source_of(language, texts[language.name]));
  }
  tokenizer_ = train_tokenizer({std::span(sources).first(2), 512, 1 << 20}).value();
  for (const Language& language : languages()) {
    const TextSource source = source_of(language, texts[language.name]);
    streams_[language.name] = encode_stream(*tokenizer_, source, 1 << 20).value();
    for (const Half half : {Half::public_half, Half::hidden_half}) {
      const auto unseen = documents_of(language, half == Half::public_half ? 2 : 3);
      const auto stream =
          encode_stream(*tokenizer_, source_of(language, unseen), 1 << 20).value();
      halves_.push_back(make_slice(*tokenizer_, stream, half, kCut).value());
    }
  }
  const SystemClock clock;
  const BaseResult base = train_base(base_job(), clock, {}).value();
  head_ = weights_of(base_job().architecture, base.blocks).value();
  trained_ = train_experts(expert_job(), clock, {}).value();
}

const TestWorld& TestWorld::get() {
  static const TestWorld kWorld;
  return kWorld;
}

const std::vector<Tokens>& TestWorld::target() const { return halves_[4].sequences; }

BaseJob TestWorld::base_job() const {
  const Recipe nano = recipe_of(Profile::nano);
  BaseJob job;
  job.architecture = nano.architecture;
  job.streams = {stream("farm"), stream("ship")};
  job.row_tokens = nano.row_tokens;
  job.batch_rows = 4;
  job.warm_up = 10;
  job.learning_rate = 4e-3;
  job.budget.steps = 100;
  job.threads = 1;
  return job;
}

ExpertJob TestWorld::expert_job() const {
  ExpertJob job;
  job.model = "nano";
  job.head = head_;
  job.experts = {{0, 4}, {1, 4}};
  job.domain = stream("law");
  job.replay = {stream("farm"), stream("ship")};
  job.seed = batch_seed(as_bytes("lease"), as_bytes("beacon"));
  job.row_tokens = 64;
  job.batch_rows = 4;
  job.scheme.rate = 1e-2;
  job.scheme.replay_weight = 5;  // these languages share nothing, so gates can tell them apart
  job.scheme.replay_nano = 500'000'000;
  job.budget.steps = 100;
  job.threads = 1;
  return job;
}

std::vector<CandidateExpert> TestWorld::candidate() const {
  std::vector<CandidateExpert> out;
  for (const TrainedExpert& expert : trained_.experts) {
    out.push_back({expert.name, expert.content});
  }
  return out;
}

std::filesystem::path fresh_folder(const std::string& name) {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("cambium_learn_" + name + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  return folder;
}

}  // namespace cambium::learn
