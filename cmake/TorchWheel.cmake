# Target wheel::torch: libtorch out of the PyPI wheel that tools/setup puts into .venv.
#
# The wheel's own CMake package insists on a CUDA toolkit; the CPU part needs only two of its
# shared objects, so they are imported by hand. The build tree's run path points at them, and
# they find what they need themselves through theirs.
file(GLOB torch_found ${CMAKE_SOURCE_DIR}/.venv/lib/python3*/site-packages/torch)
set(TORCH_ROOT "${torch_found}" CACHE PATH "Folder `torch` of an installed wheel")
if(NOT EXISTS "${TORCH_ROOT}/lib/libtorch_cpu.so")
  unset(TORCH_ROOT CACHE)
  message(FATAL_ERROR "libtorch was not found in .venv: run tools/setup, which installs it")
endif()

foreach(part c10 torch_cpu)
  add_library(wheel::${part} SHARED IMPORTED GLOBAL)
  set_target_properties(wheel::${part} PROPERTIES
    IMPORTED_LOCATION ${TORCH_ROOT}/lib/lib${part}.so)
endforeach()

add_library(wheel::torch INTERFACE IMPORTED GLOBAL)
target_include_directories(wheel::torch SYSTEM INTERFACE
  ${TORCH_ROOT}/include ${TORCH_ROOT}/include/torch/csrc/api/include)
target_link_libraries(wheel::torch INTERFACE
  wheel::torch_cpu wheel::c10 Threads::Threads ${CMAKE_DL_LIBS})
# The GPU runtime that torch_cpu refers to is found at run time; the link need not see it.
target_link_options(wheel::torch INTERFACE LINKER:--allow-shlib-undefined)
