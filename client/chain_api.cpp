#include "client/chain_api.hpp"

#include "base/hex.hpp"
#include "schema/json.hpp"

namespace cambium::client {
namespace {

constexpr const char* kMoney = "ucbm";

std::uint64_t balance_in(const Json& account) {
  const Json& items = child_at(child_at(account, "balances"), "coins");
  for (const auto& item : items.is_array() ? items : Json::array()) {
    if (text_at(item, "denom") == kMoney) return whole_at(item, "amount");
  }
  return 0;
}

}  // namespace

Result<Json> ChainApi::get(const std::string& path, const Arguments& arguments) const {
  return node_.get("/chain/" + percent_encode(chain_) + path, arguments);
}

Result<ChainStatus> ChainApi::status() const {
  TRY(auto all, get("/status"));
  ChainStatus out{text_at(all, "chain_id"), text_at(all, "alias"), whole_at(all, "height"),
                  whole_at(all, "base_fee_nano_ucbm"), {}};
  out.all = std::move(all);
  return out;
}

Result<AccountInfo> ChainApi::account(const crypto::Address& address) const {
  TRY(auto all, get("/accounts/" + address.text()));
  AccountInfo out{whole_at(child_at(all, "account"), "nonce"), balance_in(all), {}};
  out.all = std::move(all);
  return out;
}

Result<TxReport> ChainApi::send(const std::string& path, ByteView raw) const {
  TRY(const auto reply, node_.post("/chain/" + percent_encode(chain_) + path,
                                   {{"tx", to_base64(raw)}}));
  return TxReport{text_at(reply, "hash"), whole_at(reply, "status"),
                  text_at(reply, "status_name"), text_at(reply, "what"),
                  text_at(reply, "advice"), whole_at(reply, "height"),
                  whole_at(reply, "gas_used")};
}

Result<TxReport> ChainApi::simulate(ByteView raw) const { return send("/simulate", raw); }
Result<TxReport> ChainApi::submit(ByteView raw) const { return send("/txs", raw); }

Result<Json> ChainApi::block(std::uint64_t height) const {
  return get("/blocks/" + std::to_string(height));
}

Result<Json> ChainApi::state(ByteView key) const { return get("/state/" + to_hex(key)); }

Result<Json> ChainApi::query(const Question& question, const Arguments& arguments) const {
  TRY(auto reply, get("/query/" + question.module + "/" + question.name, arguments));
  return reply;
}

Status ChainApi::query_into(const Question& question, const Arguments& arguments,
                            google::protobuf::Message& reply) const {
  TRY(const auto answer, query(question, arguments));
  return schema::from_json(child_at(answer, "result").dump(), reply);
}

}  // namespace cambium::client
