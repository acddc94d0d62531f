#pragma once

#include "api/metrics/metrics_registry.hpp"
#include "api/metrics/server_figures.hpp"
#include "http/application.hpp"

#include <functional>
#include <string_view>
#include <utility>

namespace jwtgate::api {

/// How the server stands now. Called on the thread that serves the metrics.
using figures_reader = std::function<server_figures()>;

/// What a server shows to Prometheus on addresses of its own: GET /metrics, and nothing else.
class metrics_application final : public http::application {
public:
    /// The registry outlives it.
    metrics_application(metrics_registry const& counted, figures_reader read)
        : counted_{counted}, read_{std::move(read)}
    {}

    core::task<void> handle(http::request const& req, http::response& res) override;
    void refuse(http::refusal why, std::string_view peer_address, http::response& res) noexcept override;

private:
    metrics_registry const& counted_;
    figures_reader read_;
};

}  // namespace jwtgate::api
