package dev.sallyport.config;

import java.util.Optional;

/**
 * How an upstream learns who calls.
 *
 * @param kind in which way
 * @param names for {@link UpstreamIdentity#HEADERS}
 * @param jwt there exactly for {@link UpstreamIdentity#JWT}
 * @param extras told beside, for {@link UpstreamIdentity#HEADERS} and {@link
 *     UpstreamIdentity#IMPERSONATE}
 */
public record IdentityConfig(
    UpstreamIdentity kind,
    IdentityHeaderNames names,
    Optional<JwtIdentityConfig> jwt,
    IdentityExtras extras) {

  /** Front-proxy headers. */
  public static final IdentityConfig DEFAULT = of(UpstreamIdentity.HEADERS);

  /** By impersonation, for a kube-apiserver. */
  public static final IdentityConfig IMPERSONATE = of(UpstreamIdentity.IMPERSONATE);

  /** With nothing told beside. */
  public IdentityConfig(
      UpstreamIdentity kind, IdentityHeaderNames names, Optional<JwtIdentityConfig> jwt) {
    this(kind, names, jwt, IdentityExtras.NONE);
  }

  /** The same with something told beside. */
  public IdentityConfig with(IdentityExtras told) {
    return new IdentityConfig(kind, names, jwt, told);
  }

  /** Whether what is told beside has a place: an extra key in a header. */
  public boolean tellsExtras() {
    return kind == UpstreamIdentity.IMPERSONATE
        || kind == UpstreamIdentity.HEADERS && !names.extraPrefix().isEmpty();
  }

  /** Headers with their usual names, Impersonate headers, or nothing. */
  public static IdentityConfig of(UpstreamIdentity kind) {
    return new IdentityConfig(kind, IdentityHeaderNames.USUAL, Optional.empty());
  }
}
