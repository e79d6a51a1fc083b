package dev.sallyport.proxy.factory;

import dev.sallyport.config.routes.UpstreamSpec;
import dev.sallyport.proxy.balance.HealthChecks;
import dev.sallyport.proxy.balance.UpstreamGroup;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A group with what its files say today. */
final class LiveUpstream implements AutoCloseable {

  private final UpstreamSpec spec;
  private volatile Credentials credentials;
  private @Nullable UpstreamGroup group;
  private @Nullable HealthChecks checks;

  LiveUpstream(UpstreamSpec spec, Credentials credentials) {
    this.spec = spec;
    this.credentials = credentials;
  }

  void started(UpstreamGroup made, @Nullable HealthChecks background) {
    group = made;
    checks = background;
  }

  UpstreamSpec spec() {
    return spec;
  }

  UpstreamGroup group() {
    return Objects.requireNonNull(group, "started");
  }

  ClientContexts tls() {
    return Objects.requireNonNull(credentials.tls(), "asked for TLS without any");
  }

  String authorization() {
    return credentials.authorization().reveal();
  }

  Credentials credentials() {
    return credentials;
  }

  /** Takes over new credentials; false when they belong to another place. */
  boolean renew(UpstreamSpec wanted, Credentials fresh) {
    boolean same =
        spec.equals(wanted)
            && Objects.equals(credentials.server(), fresh.server())
            && credentials.serverName().equals(fresh.serverName())
            && (credentials.tls() == null) == (fresh.tls() == null);
    if (same) {
      credentials = fresh.inPlaceOf(credentials);
    }
    return same;
  }

  /** Probes end at once. */
  void retire() {
    HealthChecks running = checks;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void close() {
    retire();
    group().close();
  }
}
