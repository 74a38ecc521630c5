#include "data/corpus.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace cambium::data {
namespace {

namespace fs = std::filesystem;

// A root file system with a few documents of each package, and an empty cache.
class CorpusTest : public testing::Test {
 protected:
  void SetUp() override {
    base_ = fs::temp_directory_path() / ("cambium_data_" + std::to_string(::getpid()));
    fs::remove_all(base_);
    paths_ = {base_ / "cache", base_ / "root"};
  }
  void TearDown() override { fs::remove_all(base_); }

  void file(const std::string& path, const std::string& text) const {
    fs::create_directories((paths_.installed / path).parent_path());
    std::ofstream(paths_.installed / path) << text;
  }

  // Documents named by number that each say something of their own.
  void kernel_documents(int count) const {
    for (int i = 0; i < count; ++i) {
      file("usr/share/doc/linux-doc-6.1/Documentation/part/n" + std::to_string(i) + ".rst.gz",
           "Title\n=====\n\nThe driver number " + std::string(i % 7 + 1, 'x') + std::to_string(i) +
               " takes a lock before it touches the queue.\n\n.. code-block:: c\n\n   int x;\n");
    }
  }

  fs::path base_;
  CorpusPaths paths_;
};

TEST_F(CorpusTest, splits_by_document_and_never_twice_differently) {
  kernel_documents(200);
  const Dataset first = build("kernel-doc", paths_).value();
  EXPECT_EQ(first.record.documents, 200U);
  EXPECT_NEAR(static_cast<double>(first.texts(Split::train).size()), 180, 15);
  EXPECT_GT(first.texts(Split::public_half).size(), 2U);
  EXPECT_GT(first.texts(Split::hidden_half).size(), 2U);
  fs::remove_all(paths_.cache);
  EXPECT_EQ(build("kernel-doc", paths_).value().record.root, first.record.root);
}

TEST_F(CorpusTest, the_cache_answers_when_the_package_is_gone) {
  kernel_documents(30);
  const Dataset built = build("kernel-doc", paths_).value();
  fs::remove_all(paths_.installed);
  const Dataset cached = build("kernel-doc", paths_).value();
  EXPECT_EQ(cached.record.root, built.record.root);
  EXPECT_EQ(cached.record.licence, "GPL-2.0-only");
  EXPECT_EQ(cached.documents.size(), built.documents.size());
  EXPECT_EQ(cached.documents[7].text, built.documents[7].text);
}

TEST_F(CorpusTest, reads_glosses_verses_and_definitions) {
  for (const char* part : {"adj", "adv", "noun", "verb"}) {
    file(std::string("usr/share/wordnet/data.") + part,
         "  1 licence line\n00004258 03 n 02 living_thing 0 animate_thing 0 001 @ 00003553 n 0000 "
         "| a living (or once living) entity of the kind " + std::string(part) + "  \n");
  }
  EXPECT_NE(build("wordnet", paths_).value().documents[0].text.find(
                "living thing, animate thing: a living"), std::string::npos);

  file("usr/lib/bible.data", "");
  file("usr/bin/bible", "#!/bin/sh\necho 'Ge1:1 In the beginning was the heaven.'\n"
                        "echo 'Ge1:2 And the earth was without form.'\n");
  fs::permissions(paths_.installed / "usr/bin/bible", fs::perms::owner_all);
  EXPECT_EQ(build("kjv-bible", paths_).value().documents[0].text,
            "In the beginning was the heaven. And the earth was without form.");

  file("usr/share/dictd/gcide.dict.dz",
       "Abjure \\Ab*jure\"\\, v. i. [L. abjurare]\n   To renounce on oath. {Jury}.\n"
       "   [1913 Webster]\n");
  EXPECT_EQ(build("gcide", paths_).value().documents[0].text,
            "Abjure , v. i. To renounce on oath. Jury.");
}

TEST_F(CorpusTest, an_unknown_dataset_is_refused_with_the_known_names) {
  const auto refused = build("moon", paths_);
  EXPECT_EQ(refused.error().code, ErrorCode::not_found);
  EXPECT_NE(refused.error().message.find("kjv-bible"), std::string::npos);
}

}  // namespace
}  // namespace cambium::data
