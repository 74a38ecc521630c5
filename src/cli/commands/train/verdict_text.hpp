// A candidate's verdict for people and for programs.
#pragma once

#include <string>

#include "cambium/evaluation/v1/evaluation.pb.h"
#include "cli/console.hpp"

namespace cambium::cli {

bool accepted(const cambium::evaluation::v1::Candidate& candidate);
Json verdict_json(const cambium::evaluation::v1::Candidate& candidate);
/// A table of every slice and half with its numbers, then the verdict in a sentence.
std::string verdict_text(const cambium::evaluation::v1::Candidate& candidate);

}  // namespace cambium::cli
