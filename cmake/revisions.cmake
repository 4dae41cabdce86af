# The revisions of model/revisions/registry.def, one line each.

file(STRINGS ${PROJECT_SOURCE_DIR}/model/revisions/registry.def BWCHECK_REVISION_LINES REGEX "^BWCHECK_REVISION")
set(BWCHECK_REVISIONS "")
foreach(line ${BWCHECK_REVISION_LINES})
  string(REGEX REPLACE "^BWCHECK_REVISION\\(([a-z0-9_]+)\\).*" "\\1" revision "${line}")
  list(APPEND BWCHECK_REVISIONS ${revision})
endforeach()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/model/revisions/registry.def)
