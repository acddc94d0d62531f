# Sodium::sodium. Debian ships no CMake package for libsodium.
find_path(Sodium_INCLUDE_DIR sodium.h)
find_library(Sodium_LIBRARY sodium)
if(Sodium_INCLUDE_DIR)
  file(STRINGS ${Sodium_INCLUDE_DIR}/sodium/version.h Sodium_VERSION REGEX "SODIUM_VERSION_STRING \"")
  string(REGEX REPLACE ".*\"(.*)\".*" "\\1" Sodium_VERSION "${Sodium_VERSION}")
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Sodium REQUIRED_VARS Sodium_LIBRARY Sodium_INCLUDE_DIR VERSION_VAR Sodium_VERSION)
if(Sodium_FOUND AND NOT TARGET Sodium::sodium)
  add_library(Sodium::sodium UNKNOWN IMPORTED)
  set_target_properties(Sodium::sodium PROPERTIES
    IMPORTED_LOCATION ${Sodium_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${Sodium_INCLUDE_DIR})
endif()
