package dev.sallyport.config.routes;

import java.time.Duration;

/**
 * A GET that each endpoint is asked; any status from 200 to 399 is healthy.
 *
 * @param path asked for, with its query if any
 * @param interval from one probe to the next
 * @param timeout after which a probe has failed
 * @param healthyAfter so many good probes in a row bring an endpoint back
 * @param unhealthyAfter so many bad ones take it out
 */
public record HealthCheckConfig(
    String path, Duration interval, Duration timeout, int healthyAfter, int unhealthyAfter) {

  public static final Duration INTERVAL = Duration.ofSeconds(5);
  public static final Duration TIMEOUT = Duration.ofSeconds(2);
  public static final int HEALTHY_AFTER = 1;
  public static final int UNHEALTHY_AFTER = 3;
}
