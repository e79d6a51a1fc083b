package dev.sallyport.proxy.balance;

import dev.sallyport.config.routes.UpstreamTimeouts;

/**
 * What holds for all endpoints of a group.
 *
 * @param name for messages and metrics
 * @param maxConnections how many requests and tunnels may run at once
 * @param retries how often a request may go to another endpoint
 */
public record GroupSettings(
    String name, UpstreamTimeouts timeouts, int maxConnections, int retries) {}
