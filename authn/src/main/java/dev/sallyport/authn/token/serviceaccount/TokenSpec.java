package dev.sallyport.authn.token.serviceaccount;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a new token shall say.
 *
 * @param audiences whom it is meant for, at least one
 * @param lifetime how long it is good, from now
 * @param pod the pod it is bound to; {@code node} then says where the pod runs
 * @param warnAfter when a client should have fetched a new one, from now
 */
public record TokenSpec(
    String namespace,
    BoundObject account,
    List<String> audiences,
    Duration lifetime,
    Optional<BoundObject> pod,
    Optional<BoundObject> secret,
    Optional<BoundObject> node,
    Optional<Duration> warnAfter) {

  public TokenSpec {
    audiences = List.copyOf(audiences);
  }
}
