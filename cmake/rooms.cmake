# How a room of the house is declared: one library, and one test program beside it.

include(GoogleTest)

# bwcheck_room(NAME [SOURCES FILE...] [USES LIBRARY...])
# A room without sources is header-only.
function(bwcheck_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES" ${ARGN})
  if(ROOM_SOURCES)
    add_library(bwcheck_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(bwcheck_${name} PUBLIC bwcheck_flags ${ROOM_USES})
  else()
    add_library(bwcheck_${name} INTERFACE)
    target_link_libraries(bwcheck_${name} INTERFACE bwcheck_flags ${ROOM_USES})
  endif()
endfunction()

# bwcheck_test(NAME SOURCES FILE... [USES LIBRARY...] [TIMEOUT SECONDS])
# Every TEST() becomes a CTest test of its own, named NAME.Suite.Case.
function(bwcheck_test name)
  cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;USES" ${ARGN})
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 120)
  endif()
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE bwcheck_flags ${TEST_USES} GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${name} TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT ${TEST_TIMEOUT})
endfunction()
