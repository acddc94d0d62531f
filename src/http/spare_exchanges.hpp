#pragma once

#include "http/exchange.hpp"

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace jwtgate::http {

/// The exchanges of a worker that nobody uses at the moment: a few of them are kept, each with no more memory
/// than a usual request and its answer took.
class spare_exchanges {
public:
    explicit spare_exchanges(surroundings around) : around_{around} { kept_.reserve(most_kept); }

    /// An empty one.
    std::unique_ptr<exchange> take()
    {
        if (kept_.empty()) return std::make_unique<exchange>(around_);
        auto taken = std::move(kept_.back());
        kept_.pop_back();
        return taken;
    }

    /// It is empty.
    void keep(std::unique_ptr<exchange> unused)
    {
        if (kept_.size() == most_kept) return;
        unused->shrink();
        kept_.push_back(std::move(unused));
    }

private:
    static constexpr std::size_t most_kept = 64;

    surroundings around_;
    std::vector<std::unique_ptr<exchange>> kept_;
};

}  // namespace jwtgate::http
