// The verbs of the nouns `snapshot` and `chain`, each in a file of its own.
#pragma once

#include "cli/commands/snapshot/recovery_cli.hpp"

namespace cambium::cli {

Command snapshot_list_verb();
Command snapshot_create_verb();
Command snapshot_verify_verb();
Command snapshot_restore_verb();
Command snapshot_undo_verb();
Command chain_export_verb();
Command chain_import_verb();

}  // namespace cambium::cli
