package dev.sallyport.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A webhook that is asked whether a request may pass.
 *
 * @param name for metrics and logs, unique among the authorizers
 * @param kubeconfig where it is and how it is trusted
 * @param version of the SubjectAccessReview it is asked with
 * @param authorizedTtl how long a yes holds; zero: not at all
 * @param unauthorizedTtl how long any other answer holds; zero: not at all
 * @param timeout for one call
 * @param failureDenies whether a failure refuses the request, rather than asking the next
 *     authorizer; neither lets it pass
 * @param matchConditions CEL expressions over {@code request}; unless all are true the webhook is
 *     not asked
 */
public record WebhookAuthorizerConfig(
    String name,
    Path kubeconfig,
    ReviewVersion version,
    Duration authorizedTtl,
    Duration unauthorizedTtl,
    Duration timeout,
    boolean failureDenies,
    List<String> matchConditions) {

  /** What the flags' own webhook is called, as in kube-apiserver. */
  public static final String DEFAULT_NAME = "default";

  /** How long the flags' own webhook may take for a call, as in kube-apiserver. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  public WebhookAuthorizerConfig {
    matchConditions = List.copyOf(matchConditions);
  }
}
