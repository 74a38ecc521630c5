#include "model/block_layout.hpp"

#include <algorithm>

namespace cambium::model {
namespace {

using Slots = std::vector<TensorSlot>;

Slots ffn(const Architecture& a, std::uint64_t inner) {
  const std::uint64_t d = a.d_model;
  return {{"gate", {inner, d}}, {"up", {inner, d}}, {"down", {d, inner}}};
}

Slots expert_slots(const Architecture& a, const ExpertName& name) {
  Slots slots = ffn(a, a.ffn_dim);
  if (is_contributed(name, a)) {
    slots.push_back({"row", {1, a.d_model}});
    slots.push_back({"bias", {1, 1}});
  }
  return slots;
}

Slots layer_slots(const Architecture& a, std::string_view part) {
  const std::uint64_t d = a.d_model;
  if (part == "attention") {
    return {{"norm", {1, d}},        {"q", {a.query_dim(), d}}, {"k", {a.kv_dim(), d}},
            {"v", {a.kv_dim(), d}}, {"o", {d, a.query_dim()}}};
  }
  if (part == "router") {
    Slots slots = {{"norm", {1, d}}};
    if (a.experts > 0) slots.push_back({"gate", {a.experts, d}});
    return slots;
  }
  return ffn(a, a.shared_ffn_dim);
}

// Fetches the tensors of one block, refusing any of another shape.
class Binder {
 public:
  Binder(const Architecture& architecture, const TensorSource& source)
      : architecture_(architecture), source_(source) {}

  Result<std::vector<TensorView>> block(std::string_view name) const {
    TRY(const Slots slots, block_layout(architecture_, name));
    std::vector<TensorView> views;
    for (const TensorSlot& slot : slots) {
      TRY(const TensorView view, source_(name, slot.name));
      if (view.shape() != slot.shape) return wrong_shape(name, slot, view);
      views.push_back(view);
    }
    return views;
  }

  Result<ExpertView> expert(std::string_view name) const {
    TRY(const auto v, block(name));
    return ExpertView{v[0], v[1], v[2]};
  }

 private:
  static tl::unexpected<Error> wrong_shape(std::string_view block, const TensorSlot& slot,
                                           const TensorView& view) {
    const auto text = [](tensor::Shape s) {
      return std::to_string(s.rows) + " x " + std::to_string(s.cols);
    };
    return fail(ErrorCode::invalid_input,
                "Tensor \"" + slot.name + "\" of " + std::string(block) + " is " +
                    text(view.shape()) + " where the model has " + text(slot.shape) +
                    "; make the payload for this model's architecture.");
  }

  const Architecture& architecture_;
  const TensorSource& source_;
};

Result<LayerView> bind_layer(const Binder& binder, const Architecture& a, std::uint32_t l) {
  const std::string layer = "layer" + std::to_string(l);
  LayerView view;
  TRY(const auto attention, binder.block(layer + ".attention"));
  view.attention_norm = attention[0];
  view.q = attention[1];
  view.k = attention[2];
  view.v = attention[3];
  view.o = attention[4];
  TRY(const auto router, binder.block(layer + ".router"));
  view.ffn_norm = router[0];
  if (a.experts > 0) view.router = router[1];
  if (a.shared_ffn_dim > 0) {
    TRY(view.shared, binder.expert(layer + ".shared"));
  }
  for (std::uint32_t e = 0; e < a.experts; ++e) {
    TRY(const ExpertView expert, binder.expert(to_text({l, e})));
    view.experts.push_back(expert);
  }
  return view;
}

}  // namespace

Result<std::vector<TensorSlot>> block_layout(const Architecture& a, std::string_view name) {
  const std::uint64_t d = a.d_model;
  const auto shared = shared_block_names(a);
  if (std::find(shared.begin(), shared.end(), name) != shared.end()) {
    if (name == "embed" || name == "head") return Slots{{"tokens", {a.vocab, d}}};
    if (name == "final_norm") return Slots{{"norm", {1, d}}};
    return layer_slots(a, name.substr(name.find('.') + 1));
  }
  auto expert = parse_expert_name(name);
  if (expert && expert->layer < a.layers) return expert_slots(a, *expert);
  return fail(ErrorCode::not_found, "The model has no block \"" + std::string(name.substr(0, 64)) +
                                        "\"; its architecture has " + std::to_string(a.layers) +
                                        " layers.");
}

Result<ContributedView> bind_contributed(const Architecture& a, const ExpertName& name,
                                         const TensorSource& source) {
  if (!is_contributed(name, a)) {
    return fail(ErrorCode::refused, to_text(name) + " is one of the anchor's experts, which are"
                                    " frozen within a version; lease a slot from " +
                                        std::to_string(a.experts) + " up.");
  }
  TRY(const auto v, Binder(a, source).block(to_text(name)));
  return ContributedView{name.expert, {v[0], v[1], v[2]}, v[3], v[4]};
}

Result<ModelView> bind_model(const Architecture& a, const TensorSource& source,
                             std::span<const ExpertName> contributed) {
  TRY_STATUS(validate(a));
  const Binder binder(a, source);
  ModelView model;
  model.architecture = a;
  TRY(const auto embed, binder.block("embed"));
  model.tokens = embed[0];
  model.head = embed[0];
  if (!a.tied) {
    TRY(const auto head, binder.block("head"));
    model.head = head[0];
  }
  TRY(const auto norm, binder.block("final_norm"));
  model.final_norm = norm[0];
  for (std::uint32_t l = 0; l < a.layers; ++l) {
    TRY(LayerView layer, bind_layer(binder, a, l));
    model.layers.push_back(std::move(layer));
  }
  std::vector<ExpertName> sorted(contributed.begin(), contributed.end());
  std::sort(sorted.begin(), sorted.end());
  for (const ExpertName& name : sorted) {
    TRY(const ContributedView view, bind_contributed(a, name, source));
    model.layers[name.layer].contributed.push_back(view);
  }
  return model;
}

}  // namespace cambium::model
