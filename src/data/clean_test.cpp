#include <gtest/gtest.h>

#include "data/detail/reader.hpp"
#include "data/quality.hpp"

namespace cambium::data {
namespace {

using detail::clean_html;
using detail::clean_rst;

TEST(clean, rst_loses_rules_tables_directives_and_marks) {
  const std::string rst =
      ".. SPDX-License-Identifier: GPL-2.0\n\n=====\nTitle\n=====\n\n:Author: Nobody\n\n"
      "Use :c:func:`kmalloc()` or *another* one\nof them::\n\n    code here\n\nAfter it.\n\n"
      "+---+---+\n| a | b |\n+---+---+\n\n- first item\n- second item\n";
  EXPECT_EQ(clean_rst(rst),
            "Title\n\nUse kmalloc() or another one of them:\n\nAfter it.\n\nfirst item\n\n"
            "second item\n\n");
}

TEST(clean, html_keeps_prose_and_loses_the_rest) {
  const std::string html =
      "<html><head><title>x</title></head><body><h2>The <code>apt</code> tool</h2>"
      "<pre>$ apt</pre><div>Say &quot;yes&quot;\n  &amp; wait.</div></body></html>";
  EXPECT_EQ(clean_html(html), "\n\nThe apt tool\n\nSay \"yes\" & wait.\n\n");
}

TEST(quality, each_bad_sample_has_its_reason) {
  QualityGate gate;
  EXPECT_EQ(gate.judge("too short"), SampleVerdict::too_short);
  EXPECT_EQ(gate.judge(std::string(3000, 'a')), SampleVerdict::too_long);
  EXPECT_EQ(gate.judge("0x00 0x01 0x02 0x03 0x04 0x05"), SampleVerdict::not_text);
  EXPECT_EQ(gate.judge("no utf-8 in here: \xff\xfe and more"), SampleVerdict::not_text);
  EXPECT_EQ(gate.judge("a sentence of sufficient length"), SampleVerdict::accepted);
  EXPECT_EQ(gate.judge("a sentence of sufficient length"), SampleVerdict::duplicate);
  EXPECT_EQ(gate.report().accepted, 1U);
}

TEST(quality, long_paragraphs_are_cut_at_sentences) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "This is one of many sentences in a row. ";
  for (const std::string& sample : samples_of(text)) {
    EXPECT_LE(sample.size(), kMaxSampleBytes);
    EXPECT_EQ(sample.back(), '.');
  }
}

}  // namespace
}  // namespace cambium::data
