# use_fast_allocator(<program>): mimalloc instead of glibc's malloc. Blocks come and go by the
# thousand transactions; glibc gives the pages back and asks for them again each time, which is a
# quarter of the processor time of a transfer. Sanitizers bring an allocator of their own.
function(use_fast_allocator program)
  if(NOT CAMBIUM_SANITIZE)
    find_package(mimalloc REQUIRED)
    target_link_libraries(${program} PRIVATE mimalloc)
  endif()
endfunction()
