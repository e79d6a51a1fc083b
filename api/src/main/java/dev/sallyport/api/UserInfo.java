package dev.sallyport.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who is asking, as an authenticator vouches for it.
 *
 * <p>Immutable. Groups keep the order in which they were granted and may repeat, as the credential
 * said them; extra keys are lower case.
 *
 * @param name the user name, never empty for an authenticated request
 * @param uid a stable identifier, or "" where the credential carries none
 * @param groups the groups, among them system:authenticated or system:unauthenticated
 * @param extra further facts by key, for authorizers, audit and upstreams
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/">Kubernetes:
 *     Authenticating</a>
 */
public record UserInfo(
    String name, String uid, List<String> groups, Map<String, List<String>> extra) {

  public UserInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(uid, "uid");
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  /** A user without uid and extra. */
  public static UserInfo of(String name, String... groups) {
    return new UserInfo(name, "", List.of(groups), Map.of());
  }
}
