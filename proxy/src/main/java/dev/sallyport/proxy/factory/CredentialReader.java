package dev.sallyport.proxy.factory;

import dev.sallyport.config.KubeconfigReference;
import dev.sallyport.config.UpstreamProtocol;
import dev.sallyport.config.UpstreamTls;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.routes.EndpointSpec;
import dev.sallyport.config.routes.UpstreamSpec;
import dev.sallyport.webhook.Secret;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.kubeconfig.FileSource;
import dev.sallyport.webhook.kubeconfig.Kubeconfig;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads the files that an upstream names. */
final class CredentialReader {

  private static final Secret NONE = new Secret("");

  private final FileSource files;

  /**
   * @param files where their contents are taken from
   */
  CredentialReader(FileSource files) {
    this.files = files;
  }

  /**
   * @throws InvalidFileException when one of them cannot be used
   */
  Credentials read(UpstreamSpec spec) throws InvalidFileException {
    Optional<KubeconfigReference> cluster = spec.kubeconfig();
    if (cluster.isPresent()) {
      return of(spec, cluster.get());
    }
    Optional<Path> token = spec.tokenFile();
    return new Credentials(
        null,
        spec.endpoints().stream().anyMatch(EndpointSpec::secure) ? tls(spec) : null,
        spec.tls().serverName(),
        token.isPresent() ? new Secret(BearerToken.authorization(files.get(token.get()))) : NONE);
  }

  private Credentials of(UpstreamSpec spec, KubeconfigReference cluster)
      throws InvalidFileException {
    WebhookTarget target = Kubeconfig.parse(files.get(cluster.file()), files, cluster.context());
    boolean secure = target.url().getScheme().equalsIgnoreCase("https");
    return new Credentials(
        target.url(),
        secure
            ? ClientContexts.of(
                target.peer().authorities(), target.peer().identity(), http2(spec), cluster.file())
            : null,
        target.peer().serverName(),
        target.authorization().orElse(NONE));
  }

  private ClientContexts tls(UpstreamSpec spec) throws InvalidFileException {
    UpstreamTls tls = spec.tls();
    List<X509Certificate> authorities = List.of();
    Path named = Path.of("");
    if (tls.certificateAuthority().isPresent()) {
      named = tls.certificateAuthority().get();
      authorities = Certificates.parse(files.get(named));
    }
    Optional<CertifiedKey> identity = Optional.empty();
    if (tls.clientCertificate().isPresent()) {
      named = tls.clientCertificate().get().certificate();
      FileContent key = files.get(tls.clientCertificate().get().key());
      identity = Optional.of(CertifiedKey.parse(files.get(named), key));
    }
    return ClientContexts.of(authorities, identity, http2(spec), named);
  }

  private static boolean http2(UpstreamSpec spec) {
    return spec.protocol() != UpstreamProtocol.HTTP1;
  }
}
