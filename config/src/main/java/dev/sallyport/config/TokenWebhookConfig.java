package dev.sallyport.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A webhook that is asked whose a bearer token is.
 *
 * @param kubeconfig where it is and how it is trusted; read again when it changes
 * @param version of the TokenReview it is asked with
 * @param cacheTtl how long its answers hold; zero: not at all
 */
public record TokenWebhookConfig(Path kubeconfig, ReviewVersion version, Duration cacheTtl) {
  public TokenWebhookConfig {
    new Faults()
        .check(
            !cacheTtl.isNegative(),
            "--authentication-token-webhook-cache-ttl",
            cacheTtl,
            "a time of zero or more")
        .throwIfAny();
  }
}
