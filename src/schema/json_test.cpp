#include <gtest/gtest.h>

#include "cambium/chain/v1/chain.pb.h"
#include "cambium/tx/v1/tx.pb.h"
#include "schema/json.hpp"

namespace cambium::schema {
namespace {

using tx::v1::TxBody;

TEST(Json, ABodyComesBackFromItsText) {
  TxBody body;
  body.set_chain_id("cambium-utility-1");
  body.set_memo("caf\u00e9 \"quoted\" \U0001F600");
  body.set_nonce(UINT64_MAX);
  body.mutable_fee()->set_payer(std::string(20, '\x07'));
  auto* send = body.add_msgs()->mutable_bank()->mutable_send();
  send->set_sender(std::string(20, '\x01'));
  send->mutable_coin()->set_denom("ucbm");
  const std::string text = to_json(body);
  EXPECT_NE(text.find("\"nonce\":\"18446744073709551615\""), std::string::npos) << text;
  EXPECT_NE(text.find("\\ud83d\\ude00"), std::string::npos) << text;
  TxBody again;
  ASSERT_TRUE(from_json(text, again)) << from_json(text, again).error().message;
  EXPECT_EQ(again.SerializeAsString(), body.SerializeAsString());
}

TEST(Json, HashesAreHexAndAddressesBech32) {
  chain::v1::Header header;
  header.set_prev_hash(std::string(32, '\xab'));
  EXPECT_NE(to_json(header).find("\"prev_hash\":\"abababab"), std::string::npos);
  bank::v1::Send send;
  send.set_to(std::string(20, '\0'));
  EXPECT_NE(to_json(send).find("\"to\":\"cbm1"), std::string::npos);
}

TEST(Json, MistakesAreNamed) {
  TxBody body;
  const auto message = [&](std::string_view json) { return from_json(json, body).error().message; };
  EXPECT_NE(message(R"({"nonse":"1"})").find("nonse"), std::string::npos);
  EXPECT_NE(message(R"({"nonce":"-1"})").find("whole number"), std::string::npos);
  EXPECT_NE(message(R"({"fee":{"payer":"xyz"}})").find("cbm1"), std::string::npos);
  EXPECT_NE(message(R"({"memo":"a)").find("closing quote"), std::string::npos);
  EXPECT_NE(message(R"({} x)").find("after the end"), std::string::npos);
  EXPECT_NE(message(R"({"memo":"\ud800"})").find("surrogate"), std::string::npos);
}

}  // namespace
}  // namespace cambium::schema
