// The makers of all commands; each lies in a file of its own under commands/.
#pragma once

#include "cli/command.hpp"
#include "cli/invocation.hpp"

namespace cambium::cli {

using MakeCommand = Command();

MakeCommand up_command, node_command, chat_command, train_command, verify_command, doctor_command;
MakeCommand localnet_command, node_join_command;
MakeCommand model_list_command, model_show_command, model_evaluations_command,
    model_lineage_command;
MakeCommand query_chain_command, query_block_command, query_tx_command, query_account_command,
    query_state_command, query_search_command, query_expert_command, query_module_command;
MakeCommand tx_send_command, tx_types_command, tx_command;
MakeCommand key_list_command, key_make_command, key_show_command, key_import_command,
    key_erase_command;
MakeCommand config_list_command, config_get_command, config_set_command, config_explain_command;
MakeCommand data_list_command, data_show_command, data_build_command;
/// Nouns whose verbs mostly send messages make all their verbs at once.
using MakeCommands = std::vector<Command>();
MakeCommands stake_commands, validator_commands, gov_commands, treasury_commands, group_commands,
    account_commands;
MakeCommands snapshot_commands, chain_commands;
MakeCommand completion_command, manual_command, version_command;

}  // namespace cambium::cli
