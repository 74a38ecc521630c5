#include "cli/commands.hpp"
#include "cli/commands/snapshot/verbs.hpp"

namespace cambium::cli {

std::vector<Command> snapshot_commands() {
  return {snapshot_list_verb(), snapshot_create_verb(), snapshot_verify_verb(),
          snapshot_restore_verb(), snapshot_undo_verb()};
}

std::vector<Command> chain_commands() { return {chain_export_verb(), chain_import_verb()}; }

}  // namespace cambium::cli
