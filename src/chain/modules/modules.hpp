// The one place where a module is named: add a line here and in registry.cpp.
#pragma once

#include "chain/module.hpp"

namespace cambium::chain {

Module chain_module();  // the kernel's own records
namespace accounts { Module module(); }
namespace bank { Module module(); }
namespace nodes { Module module(); }
namespace models { Module module(); }
namespace evaluation { Module module(); }
namespace rewards { Module module(); }
namespace interchain { Module module(); }
namespace datasets { Module module(); }
namespace staking { Module module(); }
namespace governance { Module module(); }
namespace treasury { Module module(); }
namespace groups { Module module(); }
namespace beacon { Module module(); }
namespace slashing { Module module(); }

}  // namespace cambium::chain
