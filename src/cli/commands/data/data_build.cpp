#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/commands/data/data_json.hpp"
#include "cli/home_dir.hpp"
#include "cli/render.hpp"

namespace cambium::cli {
namespace {

Status build(Invocation& call) {
  const auto id = call.argument("dataset");
  const auto known = data::dataset_ids();
  if (std::find(known.begin(), known.end(), id) == known.end()) {
    return fail(ErrorCode::not_found, fmt::format("There is no dataset `{}`; there are {}.", id,
                                                  fmt::join(known, ", ")));
  }
  TRY(const auto home, home_of(call));
  link_unpacked_text(call, home);
  TRY(const auto dataset,
      data::build(id, {.cache = node::HomePaths{home}.datasets()},
                  [&](const data::BuildProgress& progress) {
                    call.console.talk(fmt::format("{} {}", progress.step, progress.what));
                  }));
  show(call, dataset_json(dataset.record));
  return {};
}

}  // namespace

Command data_build_command() {
  return {"data build",
          "Make a dataset from its Debian package, clean, checked and split",
          "cambium data build kjv-bible",
          {{"dataset", "its id; `cambium data list` shows them"}},
          {},
          build};
}

Command data_show_command() {
  return {"data show",
          "Show a dataset: licence, source, size and root; makes it when it is missing",
          "cambium data show wordnet",
          {{"dataset", "its id; `cambium data list` shows them"}},
          {},
          build};
}

}  // namespace cambium::cli
