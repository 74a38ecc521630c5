#include "model/architecture_codec.hpp"

namespace cambium::model {

Result<Architecture> architecture_from(const cambium::models::v1::Architecture& message) {
  Architecture a;
  a.vocab = message.vocab();
  a.d_model = message.d_model();
  a.layers = message.layers();
  a.heads = message.heads();
  a.kv_heads = message.kv_heads();
  a.head_dim = message.head_dim();
  a.ffn_dim = message.ffn_dim();
  a.shared_ffn_dim = message.shared_ffn_dim();
  a.experts = message.experts();
  a.top_k = message.top_k();
  a.renormalise = message.renormalise();
  a.rope_theta = message.rope_theta();
  a.norm_eps_nano = message.norm_eps_nano();
  a.tied = message.tied();
  a.max_context = message.max_context();
  TRY_STATUS(validate(a));
  return a;
}

cambium::models::v1::Architecture to_message(const Architecture& a) {
  cambium::models::v1::Architecture message;
  message.set_vocab(a.vocab);
  message.set_d_model(a.d_model);
  message.set_layers(a.layers);
  message.set_heads(a.heads);
  message.set_kv_heads(a.kv_heads);
  message.set_head_dim(a.head_dim);
  message.set_ffn_dim(a.ffn_dim);
  message.set_shared_ffn_dim(a.shared_ffn_dim);
  message.set_experts(a.experts);
  message.set_top_k(a.top_k);
  message.set_renormalise(a.renormalise);
  message.set_rope_theta(a.rope_theta);
  message.set_norm_eps_nano(a.norm_eps_nano);
  message.set_tied(a.tied);
  message.set_max_context(a.max_context);
  return message;
}

}  // namespace cambium::model
