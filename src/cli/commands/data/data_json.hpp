// A dataset as the data commands show it.
#pragma once

#include "cli/console.hpp"
#include "data/corpus.hpp"

namespace cambium::cli {

inline Json dataset_json(const data::DatasetRecord& record) {
  return {{"id", record.id},           {"version", record.version},
          {"title", record.title},     {"licence", record.licence},
          {"source", record.source},   {"documents", record.documents},
          {"samples", record.samples}, {"bytes", record.bytes},
          {"root", record.root.hex()}};
}

}  // namespace cambium::cli
