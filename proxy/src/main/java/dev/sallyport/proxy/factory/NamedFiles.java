package dev.sallyport.proxy.factory;

import dev.sallyport.config.KubeconfigReference;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.routes.RouteConfiguration;
import dev.sallyport.config.routes.UpstreamSpec;
import dev.sallyport.webhook.kubeconfig.FileSource;
import dev.sallyport.webhook.kubeconfig.Kubeconfig;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** The files that routes lead to. */
public final class NamedFiles {

  private NamedFiles() {}

  /**
   * @param files where kubeconfigs are read from, which lead to further files
   * @throws InvalidFileException when a kubeconfig cannot be read
   */
  public static Set<Path> of(RouteConfiguration routes, FileSource files)
      throws InvalidFileException {
    Set<Path> named = new LinkedHashSet<>();
    for (UpstreamSpec upstream : routes.upstreams()) {
      upstream.tokenFile().ifPresent(named::add);
      upstream.tls().certificateAuthority().ifPresent(named::add);
      upstream
          .tls()
          .clientCertificate()
          .ifPresent(
              pair -> {
                named.add(pair.certificate());
                named.add(pair.key());
              });
      if (upstream.kubeconfig().isPresent()) {
        KubeconfigReference cluster = upstream.kubeconfig().get();
        named.add(cluster.file());
        named.addAll(Kubeconfig.files(files.get(cluster.file()), cluster.context()));
      }
    }
    return named;
  }
}
