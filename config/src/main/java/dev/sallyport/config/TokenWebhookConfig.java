package dev.sallyport.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A webhook that is asked whose a bearer token is.
 *
 * @param location where it is and how it is trusted
 * @param version of the TokenReview it is asked with
 * @param cacheTtl how long its answers hold; zero: not at all
 * @param path below the location's URL; "" for the URL itself
 */
public record TokenWebhookConfig(
    ClusterLocation location, ReviewVersion version, Duration cacheTtl, String path) {

  private static final String REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";

  /** A webhook, which is asked at the kubeconfig's own URL. */
  public TokenWebhookConfig(Path kubeconfig, ReviewVersion version, Duration cacheTtl) {
    this(new ClusterLocation.Kubeconfig(kubeconfig), version, cacheTtl, "");
  }

  /** A cluster, whose own reviews are used. */
  public static TokenWebhookConfig cluster(ClusterLocation location, Duration cacheTtl) {
    return new TokenWebhookConfig(location, ReviewVersion.V1, cacheTtl, REVIEWS);
  }

  /** Whether it is a cluster. */
  public boolean reviewsOfCluster() {
    return path.equals(REVIEWS);
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
