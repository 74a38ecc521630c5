// cambium chat: answers token by token with the running price.
#include "client/chat.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/interrupts.hpp"
#include "cli/node_link.hpp"
#include "cli/run.hpp"

namespace cambium::cli {
namespace {

constexpr const char* kSettings[] = {"max_tokens", "temperature", "top_p", "top_k", "seed",
                                     "model"};

std::string dashed(std::string text) {
  for (char& c : text) c = c == '_' ? '-' : c;
  return text;
}

client::ChatAsk ask_of(const Invocation& call, std::string prompt) {
  client::ChatAsk ask{std::move(prompt), {}};
  for (const char* name : kSettings) {
    if (const auto value = call.flag(dashed(name))) ask.settings[name] = *value;
  }
  if (call.has("no-experts")) ask.settings["use_moe"] = "false";
  return ask;
}

std::string experts_text(const Json& experts) {
  std::string out;
  for (const auto& expert : experts) {
    out += fmt::format("{}{} {:.0f} %", out.empty() ? "" : ", ",
                       client::text_at(expert, "name"), client::real_at(expert, "gate_mass") * 100);
  }
  return out;
}

/// One answer. Cancelled by Ctrl-C it ends well: what was sent is what is billed.
class Answer {
 public:
  Answer(Invocation& call, const Interrupts& interrupts) : call_(call), interrupts_(interrupts) {}

  Status stream(const std::string& prompt) {
    TRY(const auto node, node_of(call_, interrupts_.token()));
    const Status done = client::stream_chat(node, ask_of(call_, prompt),
                                            {[&](const Json& data) { start(data); },
                                             [&](const Json& data) { return token(data); },
                                             [&](const Json& data) { end(data); }});
    if (!interrupts_.token().stop_requested()) return done;
    call_.console.talk(fmt::format("\nCancelled after {} tokens; {} credits are billed.", tokens_,
                                   cost_));
    return {};
  }

 private:
  void start(const Json& data) {
    cost_ = client::text_at(data, "input_cost");
    if (call_.json()) event("stream_start", data);
  }

  bool token(const Json& data) {
    cost_ = client::text_at(data, "cumulative_cost");
    ++tokens_;
    if (call_.json()) {
      event("token", data);
    } else {
      call_.console.text(client::text_at(data, "token"));
    }
    return true;
  }

  void end(const Json& data) {
    if (call_.json()) return event("stream_end", data);
    call_.console.text("\n");
    call_.console.talk(fmt::format("{} tokens and a prompt of {}: {} credits, {:.1f} tokens/s",
                                   tokens_, client::text_at(data, "input_tokens"),
                                   client::text_at(data, "total_cost"),
                                   client::real_at(data, "tokens_per_second")));
    const auto experts = experts_text(client::child_at(data, "experts"));
    if (!experts.empty()) call_.console.talk("experts: " + experts);
  }

  void event(const char* name, const Json& data) {
    Json out = {{"type", name}};
    out.update(data);
    call_.console.object(out);
  }

  Invocation& call_;
  const Interrupts& interrupts_;
  std::string cost_ = "0";
  std::uint64_t tokens_ = 0;
};

Status converse(Invocation& call) {
  std::atomic<bool> reading = false;
  const Interrupts interrupts([&] {
    if (reading) ::_exit(kDone);  // nothing is under way while a prompt is typed
  });
  call.console.talk("A prompt a line; an empty line or Ctrl-D ends.");
  for (std::string line; !interrupts.token().stop_requested();) {
    call.console.text("> ");
    reading = true;
    if (!std::getline(std::cin, line) || line.empty()) break;
    reading = false;
    TRY_STATUS(Answer(call, interrupts).stream(line));
  }
  return {};
}

Status chat(Invocation& call) {
  const auto prompt = call.argument("prompt");
  if (prompt.empty()) return converse(call);
  const Interrupts interrupts([] {});
  return Answer(call, interrupts).stream(prompt);
}

}  // namespace

Command chat_command() {
  return {"chat",
          "Ask the model and watch the price of every token",
          "cambium chat 'In the beginning' --max-tokens 32",
          {{"prompt", "the text to go on from; a conversation when it is left out",
            Argument::Count::optional}},
          {{"max-tokens", "N", "most tokens of the answer"},
           {"temperature", "T", "0 is greedy"},
           {"top-p", "P", "keep the likeliest tokens up to this share"},
           {"top-k", "K", "keep this many of the likeliest tokens"},
           {"seed", "N", "the same seed gives the same answer"},
           {"model", "ID", "the model; the node's own choice when it is left out"},
           {"no-experts", "", "answer without routed experts, to compare"}},
          chat};
}

}  // namespace cambium::cli
