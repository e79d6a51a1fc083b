package dev.sallyport.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The token that tells an upstream who calls.
 *
 * @param audiences for whom it is
 * @param header the header that carries it; {@code Authorization} carries it as a bearer token
 * @param lifetime how long it is good for
 * @param signingKey the private key that signs it; empty: the one of service-account tokens
 */
public record JwtIdentityConfig(
    List<String> audiences, String header, Duration lifetime, Optional<Path> signingKey) {

  /** Where a bearer token stands. */
  public static final String AUTHORIZATION = "Authorization";

  /** How long a token is good for unless told. */
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  public JwtIdentityConfig {
    audiences = List.copyOf(audiences);
  }

  /** Whether it is the request's bearer token. */
  public boolean bearer() {
    return header.equalsIgnoreCase(AUTHORIZATION);
  }
}
