#include "learn/training.hpp"

#include <dlfcn.h>

#include <fmt/format.h>

#include <filesystem>

#include "learn/reference.hpp"

namespace cambium::learn {
namespace {

constexpr char kDoor[] = "cambium_training";  // its one symbol, in detail/torch_door.cpp

/// Beside the program, where an installed one has it; else where it was built.
std::filesystem::path library_file() {
  std::error_code none;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", none);
  const std::filesystem::path built = CAMBIUM_TRAINING_LIBRARY;
  const auto beside = program.parent_path() / built.filename();
  return std::filesystem::exists(beside, none) ? beside : built;
}

Result<const Training*> load() {
  const auto file = library_file();
  // Never closed: libtorch keeps threads and tables until the process ends.
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* door = library == nullptr ? nullptr : dlsym(library, kDoor);
  if (door != nullptr) return reinterpret_cast<const Training* (*)()>(door)();
  return fail(ErrorCode::not_found,
              fmt::format("The training library {} cannot be loaded: {}. Build this program again "
                          "with ./up, or put the library beside it.", file.string(), dlerror()));
}

}  // namespace

Result<const Training*> training() {
  static const auto loaded = load();
  return loaded;
}

Result<BaseResult> train_base(const BaseJob& job, const Clock& clock,
                              const OnProgress& on_progress) {
  TRY(const auto* library, training());
  return library->base(job, clock, on_progress);
}

Result<double> reference_loss(const model::ModelWeights& model,
                              std::span<const Tokens> sequences) {
  if (sequences.empty()) {
    return fail(ErrorCode::invalid_input, "There are no sequences to measure.");
  }
  TRY(const auto* library, training());
  return library->loss(model, sequences);
}

}  // namespace cambium::learn
