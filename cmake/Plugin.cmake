# add_plugin(<name> OF <library> SOURCES <files> [LIBS <targets>])
#
# A shared library that a program loads while it runs, and that uses <library> and what is below it
# as the program itself has them: nothing is there twice. So every program that links <library> has
# to hold and to show what the plugin asks for; the linker is told by a list that is made from the
# plugin's own open symbols.
function(add_plugin name)
  cmake_parse_arguments(P "" "OF" "SOURCES;LIBS" ${ARGN})
  add_library(${name} MODULE ${P_SOURCES})
  foreach(what INCLUDE_DIRECTORIES COMPILE_DEFINITIONS COMPILE_OPTIONS)
    set_property(TARGET ${name} PROPERTY ${what} $<TARGET_PROPERTY:${P_OF},INTERFACE_${what}>)
  endforeach()
  target_link_libraries(${name} PRIVATE ${P_LIBS} cambium_warnings fmt::fmt)
  add_dependencies(${name} cambium_schema)  # generated headers
  set(wanted ${CMAKE_CURRENT_BINARY_DIR}/${name}.wanted)
  add_custom_command(TARGET ${name} POST_BUILD VERBATIM BYPRODUCTS ${wanted}
    COMMAND ${CMAKE_SOURCE_DIR}/cmake/wanted_symbols ${CMAKE_NM} $<TARGET_FILE:${name}> ${wanted})
  add_dependencies(${P_OF} ${name})
  target_link_options(${P_OF} INTERFACE LINKER:@${wanted})
  set_property(TARGET ${P_OF} APPEND PROPERTY INTERFACE_LINK_DEPENDS ${wanted})
endfunction()
