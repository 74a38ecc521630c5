#include "data/detail/sources.hpp"

#include <algorithm>

namespace cambium::data::detail {

std::span<const Source> sources() {
  static const std::vector<Source> kSources = {
      {"kernel-doc", "Linux kernel documentation", "GPL-2.0-only",
       "kernel.org, Linus Torvalds and many others", {"linux-doc-6.1"}, read_kernel_doc},
      {"debian-handbook", "The Debian Administrator's Handbook",
       "GPL-2.0-or-later OR CC-BY-SA-3.0", "Raphael Hertzog, Roland Mas, Freexian SARL",
       {"debian-handbook"}, read_handbook},
      {"wordnet", "WordNet 3.0 synsets and glosses", "LicenseRef-WordNet-3.0",
       "Princeton University", {"wordnet-base"}, read_wordnet},
      {"kjv-bible", "The King James Version of the Bible", "LicenseRef-Public-Domain",
       "translation of 1611, copyright expired", {"bible-kjv-text", "bible-kjv"},
       read_kjv_bible},
      {"gcide", "GNU Collaborative International Dictionary of English", "GPL-2.0-or-later",
       "the GCIDE project, from Webster's of 1913", {"dict-gcide"}, read_gcide},
  };
  return kSources;
}

Result<Source> source_of(std::string_view id) {
  const auto all = sources();
  const auto at = std::find_if(all.begin(), all.end(), [&](const Source& s) { return s.id == id; });
  if (at != all.end()) return *at;
  std::string known;
  for (const Source& source : all) {
    known.append(known.empty() ? "" : ", ").append(source.id);
  }
  return fail(ErrorCode::not_found,
              "There is no dataset " + std::string(id) + "; known are " + known + ".");
}

}  // namespace cambium::data::detail
