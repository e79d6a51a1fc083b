package dev.sallyport.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A webhook that is asked whose a bearer token is.
 *
 * @param kubeconfig where it is and how it is trusted; read again when it changes
 * @param version of the TokenReview it is asked with
 * @param cacheTtl how long its answers hold; zero: not at all
 * @param path below the kubeconfig's URL; "" for the URL itself
 */
public record TokenWebhookConfig(
    Path kubeconfig, ReviewVersion version, Duration cacheTtl, String path) {

  private static final String REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";

  /** A webhook, which is asked at the kubeconfig's own URL. */
  public TokenWebhookConfig(Path kubeconfig, ReviewVersion version, Duration cacheTtl) {
    this(kubeconfig, version, cacheTtl, "");
  }

  /** A cluster, whose own reviews are used. */
  public static TokenWebhookConfig cluster(Path kubeconfig, Duration cacheTtl) {
    return new TokenWebhookConfig(kubeconfig, ReviewVersion.V1, cacheTtl, REVIEWS);
  }

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
