package dev.sallyport.webhook.kubeconfig;

import dev.sallyport.config.ClusterLocation;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.webhook.Secret;
import dev.sallyport.webhook.TlsPeer;
import dev.sallyport.webhook.WebhookTarget;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** How a cluster is spoken to, wherever that is said. */
public final class ClusterTargets {

  private ClusterTargets() {}

  /**
   * Reads it now and again whenever one of its files changes.
   *
   * @throws InvalidFileException with everything that is wrong with them
   */
  public static Watched<WebhookTarget> watch(ClusterLocation location, FileWatcher watcher)
      throws InvalidFileException {
    if (location instanceof ClusterLocation.Pod pod) {
      return watcher.watch(
          List.of(pod.token(), pod.authority()),
          files -> target(pod.server(), files.get(0), files.get(1)));
    }
    return Kubeconfig.watch(((ClusterLocation.Kubeconfig) location).file(), watcher);
  }

  private static WebhookTarget target(URI server, FileContent token, FileContent authority)
      throws InvalidFileException {
    return new WebhookTarget(
        server,
        TlsPeer.of(Certificates.parse(authority)),
        Optional.of(new Secret("Bearer " + UserEntry.bearer(token))));
  }
}
