include(CMakeFindDependencyMacro)
find_dependency(Boost 1.81)
find_dependency(OpenSSL 3.0 COMPONENTS Crypto)
include(${CMAKE_CURRENT_LIST_DIR}/jwtgateTargets.cmake)
