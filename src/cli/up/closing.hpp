// What stands at the end of the story: parts and their times, quality before and after, the
// reward, and how bad candidates were refused.
#pragma once

#include <string>

#include "node/story_report.hpp"

namespace cambium::cli {

/// Tables for a terminal, each line ended.
std::string closing(const node::StoryReport& report);

}  // namespace cambium::cli
