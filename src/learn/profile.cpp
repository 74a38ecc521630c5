#include "learn/profile.hpp"

namespace cambium::learn {
namespace {

Recipe full() {
  Recipe r;
  r.architecture = model::small_architecture();
  r.reckless = {.steps = 120};
  r.base = {.seconds = 335, .least_steps = 600, .most_steps = 2000};
  r.expert = {.seconds = 80, .least_steps = 150, .most_steps = 700};
  r.tokenizer_bytes = 6 << 20;
  r.tokens_per_dataset = 1 << 20;
  r.sequences = 128;
  return r;
}

Recipe quick() {
  Recipe r = full();
  r.scheme.rate = 6e-3;
  r.reckless = {.steps = 60};
  r.warm_up = 20;
  r.base = {.seconds = 36, .probe_seconds = 3, .least_steps = 120, .most_steps = 500};
  r.expert = {.seconds = 18, .probe_seconds = 2, .least_steps = 60, .most_steps = 200};
  r.tokenizer_bytes = 2 << 20;
  r.tokens_per_dataset = 1 << 18;
  r.sequences = 64;
  return r;
}

// Small enough for a test to kill and restart a hundred times.
Recipe nano() {
  Recipe r = quick();
  r.architecture.vocab = 512;
  r.architecture.d_model = 32;
  r.architecture.layers = 2;
  r.architecture.heads = 2;
  r.architecture.kv_heads = 1;
  r.architecture.head_dim = 16;
  r.architecture.ffn_dim = 32;
  r.architecture.shared_ffn_dim = 32;
  r.architecture.max_context = 64;
  r.row_tokens = 64;
  r.base_rate = 5e-3;
  r.scheme.rate = 1e-2;
  r.warm_up = 10;
  r.base = {.steps = 220};
  r.expert = {.steps = 350};
  r.reckless = {.steps = 150};
  r.tokenizer_bytes = 1 << 18;
  r.tokens_per_dataset = 1 << 16;
  r.sequences = 32;
  r.scheme.most_harm = 0.005;  // so few sequences measure harm with a wide bound
  return r;
}

}  // namespace

Result<Profile> parse_profile(std::string_view text) {
  for (const Profile p : {Profile::full, Profile::quick, Profile::nano}) {
    if (text == name(p)) return p;
  }
  return fail(ErrorCode::invalid_input, "The profile \"" + std::string(text) +
                                            "\" is unknown; use full, quick or nano.");
}

std::string_view name(Profile profile) {
  switch (profile) {
    case Profile::full: return "full";
    case Profile::quick: return "quick";
    case Profile::nano: return "nano";
  }
  return "full";
}

Recipe recipe_of(Profile profile) {
  switch (profile) {
    case Profile::quick: return quick();
    case Profile::nano: return nano();
    case Profile::full: break;
  }
  return full();
}

}  // namespace cambium::learn
