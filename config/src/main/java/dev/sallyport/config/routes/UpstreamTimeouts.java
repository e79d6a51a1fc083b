package dev.sallyport.config.routes;

import java.time.Duration;

/**
 * How long an upstream may take; zero means for ever.
 *
 * @param connect until a connection stands, TLS included
 * @param response from the request's last byte to the answer's head
 * @param idle between two pieces of a body or tunnel
 */
public record UpstreamTimeouts(Duration connect, Duration response, Duration idle) {

  public static final UpstreamTimeouts DEFAULT =
      new UpstreamTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(5));

  /** A cluster's: watches and tunnels may be silent for as long as the cluster lets them. */
  public static final UpstreamTimeouts CLUSTER =
      new UpstreamTimeouts(DEFAULT.connect(), DEFAULT.response(), Duration.ZERO);
}
