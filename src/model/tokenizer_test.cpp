#include "model/tokenizer.hpp"

#include <gtest/gtest.h>

namespace cambium::model {
namespace {

std::shared_ptr<const Tokenizer> small() {
  const std::string_view documents[] = {"the cat sat on the mat and the dog sat on the log",
                                        "the tree grows a ring each year, the cambium grows it"};
  const std::string_view specials[] = {"<|end|>"};
  return Tokenizer::train({.documents = documents, .vocab = 300, .specials = specials}).value();
}

TEST(Tokenizer, TextSurvivesEncodingAndDecoding) {
  const auto tokenizer = small();
  for (const char* text : {"the cambium", "", "Ünïcödé 树 🌳", "line\nline\t."}) {
    const Tokens tokens = tokenizer->encode(text).value();
    EXPECT_EQ(to_string(tokenizer->decode(tokens).value()), text);
    for (const auto token : tokens) EXPECT_LT(token, tokenizer->vocab());
  }
}

TEST(Tokenizer, ItsJsonMakesTheSameTokenizer) {
  const auto tokenizer = small();
  const auto again = Tokenizer::from_json(tokenizer->json()).value();
  EXPECT_EQ(again->encode("the tree sat").value(), tokenizer->encode("the tree sat").value());
  EXPECT_EQ(again->token_id("<|end|>"), 0U);
  EXPECT_FALSE(again->token_id("<|no|>"));
  EXPECT_FALSE(Tokenizer::from_json("{"));
}

TEST(Tokenizer, APromptCannotForgeASpecialToken) {
  const auto tokenizer = small();
  const Tokens tokens = tokenizer->encode("<|end|>").value();
  for (const auto token : tokens) EXPECT_NE(token, 0U);
}

TEST(StreamDecoder, PiecesAreWholeCharactersAndAddUp) {
  const auto tokenizer = small();
  const std::string text = "the 树 🌳 grows";
  StreamDecoder decoder(*tokenizer);
  std::string all;
  const Tokens tokens = tokenizer->encode(text).value();
  for (const auto token : tokens) all += decoder.push(token).value();
  EXPECT_EQ(all + decoder.finish().value(), text);
}

}  // namespace
}  // namespace cambium::model
