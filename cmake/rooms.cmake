# How a room of the house is declared: one library, and one test program beside it.

include(GoogleTest)

# What nearly every file includes, compiled once for all that are optimised, at any level, and once for most tests. Not
# nlohmann/json.hpp: a file pays for it at its end, whether it uses it or not. .ci/run headers shows that files do without.
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/precompiled.cpp CONTENT "")
function(bwcheck_precompiled kind)
  add_library(${kind}_headers OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(${kind}_headers PRIVATE bwcheck_flags fmt::fmt)
  if(BWCHECK_PRECOMPILE)
    target_precompile_headers(${kind}_headers PRIVATE ${ARGN})
  endif()
endfunction()
function(bwcheck_reuse_precompiled target kind)
  if(BWCHECK_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${kind}_headers)
  endif()
endfunction()
set(room_headers
    <fmt/format.h> <fmt/ranges.h> <algorithm> <filesystem> <fstream> <functional> <map> <optional> <set> <sstream>
    <thread> <variant>)
bwcheck_precompiled(room ${room_headers})
bwcheck_precompiled(plain_test <gmock/gmock.h> <gtest/gtest.h> ${room_headers})
target_link_libraries(plain_test_headers PRIVATE GTest::gmock)
target_compile_options(plain_test_headers PRIVATE $<$<CONFIG:Release>:-O0>)

# bwcheck_room(NAME [SOURCES FILE...] [USES LIBRARY...] [TALKS] [PRECOMPILED KIND])
# A room without sources is header-only. TALKS: it reads, writes and waits for others rather than computing, or is seldom
# asked, so compiling it fast is worth more than running it fast. KIND: which precompiled headers, if not the usual ones.
function(bwcheck_room name)
  cmake_parse_arguments(ROOM "TALKS" "PRECOMPILED" "SOURCES;USES" ${ARGN})
  if(ROOM_SOURCES)
    add_library(bwcheck_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(bwcheck_${name} PUBLIC bwcheck_flags ${ROOM_USES})
    if(ROOM_TALKS)
      target_compile_options(bwcheck_${name} PRIVATE $<$<CONFIG:Release>:-O1>)
    endif()
    if(NOT ROOM_PRECOMPILED)
      set(ROOM_PRECOMPILED room)
    endif()
    bwcheck_reuse_precompiled(bwcheck_${name} ${ROOM_PRECOMPILED})
  else()
    add_library(bwcheck_${name} INTERFACE)
    target_link_libraries(bwcheck_${name} INTERFACE bwcheck_flags ${ROOM_USES})
  endif()
endfunction()

# bwcheck_tool(NAME SOURCES FILE... [USES LIBRARY...]): a program that the build or a developer runs, compiled fast.
function(bwcheck_tool name)
  cmake_parse_arguments(TOOL "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${TOOL_SOURCES})
  target_link_libraries(${name} PRIVATE bwcheck_flags fmt::fmt ${TOOL_USES})
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  bwcheck_reuse_precompiled(${name} room)
endfunction()

# bwcheck_test(NAME SOURCES FILE... [USES LIBRARY...] [LOOPS])
# Every TEST() becomes a CTest test of its own, named NAME.Suite.Case. Tests cost more to compile than to run: most
# only call what the libraries have optimised; LOOPS: this one has work of its own. They are compiled in a few pieces, as
# rooms are: a name in an unnamed namespace is given once in all tests of a program. The time limit ends what hangs, on the
# slowest machine as well.
function(bwcheck_test name)
  cmake_parse_arguments(TEST "LOOPS" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE bwcheck_flags ${TEST_USES} GTest::gmock GTest::gtest_main)
  target_compile_options(${name} PRIVATE -Wno-dangling-else) # macros of GoogleTest have an else of their own
  if(TEST_LOOPS)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
    bwcheck_reuse_precompiled(${name} room)
  else()
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O0>)
    bwcheck_reuse_precompiled(${name} plain_test)
  endif()
  gtest_discover_tests(${name} TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 600 PROPERTIES TIMEOUT 3600)
endfunction()
