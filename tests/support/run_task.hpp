#pragma once

#include "core/run_task.hpp"

namespace jwtgate::test {

using core::run_task;

}  // namespace jwtgate::test
