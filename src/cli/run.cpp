#include "cli/run.hpp"

#include "cli/parse.hpp"

namespace cambium::cli {
namespace {

bool wants_json(std::span<const std::string> words) {
  for (const auto& word : words) {
    if (word == "--json") return true;
  }
  return false;
}

int report(Console& console, std::span<const std::string> words, const Error& error, int code) {
  console.live("");
  if (wants_json(words)) {
    console.object({{"error", name(error.code)}, {"detail", error.message}});
  }
  console.talk("cambium: " + error.message);
  return code;
}

}  // namespace

int run(std::span<const std::string> words, Console& console, Environment environment) {
  auto parsed = parse(words);
  if (!parsed) return report(console, words, parsed.error(), kMisused);
  if (parsed->help) {
    const bool group = parsed->command == nullptr && !words.empty() && words.front() != "help" &&
                       !words.front().starts_with("-");
    console.text(parsed->command != nullptr ? help_of(*parsed->command)
                                            : overview(group ? words.front() : ""));
    return kDone;
  }
  Invocation invocation(std::move(*parsed), console, std::move(environment));
  const Status done = invocation.command().run(invocation);
  if (done) return kDone;
  return report(console, words, done.error(), kFailed);
}

}  // namespace cambium::cli
