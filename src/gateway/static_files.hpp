// The dashboard's files from a folder, for GETs that no route takes.
#pragma once

#include <filesystem>

#include "gateway/http/router.hpp"

namespace cambium::gateway {

/// Paths that do not end like a file of a dashboard get index.html, whose script knows the pages.
/// Without a folder every path gets a page that says how to build the dashboard.
PlainHandler static_files(std::filesystem::path dir);

/// `configured` when it is set, else web/dist or share/cambium/web beside or above the program;
/// empty when there is none.
std::filesystem::path find_web_dir(const std::string& configured);

}  // namespace cambium::gateway
