package dev.sallyport.proxy.factory;

import dev.sallyport.webhook.Secret;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream's files say at one moment.
 *
 * @param server where the cluster of a kubeconfig is; null for upstreams with endpoints of their
 *     own
 * @param tls for connections; null where none is encrypted
 * @param serverName what the certificate must be for; empty: the URL's host
 * @param authorization the Authorization header's value
 */
record Credentials(
    @Nullable URI server,
    @Nullable ClientContexts tls,
    Optional<String> serverName,
    Secret authorization) {

  /**
   * These, but with the contexts that are in use where the certificates have not changed: their
   * connections stay.
   */
  Credentials inPlaceOf(Credentials before) {
    ClientContexts used = before.tls;
    return tls != null && used != null && tls.parts().equals(used.parts())
        ? new Credentials(server, used, serverName, authorization)
        : this;
  }
}
