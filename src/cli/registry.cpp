// The list of commands: a new one is its file, its maker's name in commands.hpp and one line here.
#include "cli/commands.hpp"

namespace cambium::cli {

namespace {

std::vector<Command> single_commands() {
  return {
      up_command(),
      node_command(),
      node_join_command(),
      localnet_command(),
      chat_command(),
      train_command(),
      model_list_command(),
      model_show_command(),
      model_evaluations_command(),
      model_lineage_command(),
      query_chain_command(),
      query_block_command(),
      query_tx_command(),
      query_account_command(),
      query_state_command(),
      query_search_command(),
      query_expert_command(),
      query_module_command(),
      tx_send_command(),
      tx_types_command(),
      tx_command(),
      verify_command(),
      key_list_command(),
      key_make_command(),
      key_show_command(),
      key_import_command(),
      key_erase_command(),
      data_list_command(),
      data_show_command(),
      data_build_command(),
      config_list_command(),
      config_get_command(),
      config_set_command(),
      config_explain_command(),
      doctor_command(),
      completion_command(),
      manual_command(),
      version_command(),
  };
}

/// The verbs of people's institutions stand between transactions and keys.
constexpr MakeCommands* kNouns[] = {stake_commands,    validator_commands, gov_commands,
                                    treasury_commands, group_commands,     account_commands,
                                    snapshot_commands, chain_commands};

std::vector<Command> make_all() {
  std::vector<Command> out;
  for (auto& command : single_commands()) {
    const bool here = command.path == "verify";
    for (auto* make : kNouns) {
      if (!here) break;
      for (auto& verb : make()) out.push_back(std::move(verb));
    }
    out.push_back(std::move(command));
  }
  return out;
}

}  // namespace

const std::vector<Command>& all_commands() {
  static const std::vector<Command> kCommands = make_all();
  return kCommands;
}

}  // namespace cambium::cli
