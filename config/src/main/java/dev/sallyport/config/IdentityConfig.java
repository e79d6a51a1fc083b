package dev.sallyport.config;

import java.util.Optional;

/**
 * How an upstream learns who calls.
 *
 * @param kind in which way
 * @param names for {@link UpstreamIdentity#HEADERS}
 * @param jwt there exactly for {@link UpstreamIdentity#JWT}
 */
public record IdentityConfig(
    UpstreamIdentity kind, IdentityHeaderNames names, Optional<JwtIdentityConfig> jwt) {

  /** Front-proxy headers. */
  public static final IdentityConfig DEFAULT = of(UpstreamIdentity.HEADERS);

  /** By impersonation, for a kube-apiserver. */
  public static final IdentityConfig IMPERSONATE = of(UpstreamIdentity.IMPERSONATE);

  /** Headers with their usual names, Impersonate headers, or nothing. */
  public static IdentityConfig of(UpstreamIdentity kind) {
    return new IdentityConfig(kind, IdentityHeaderNames.USUAL, Optional.empty());
  }
}
