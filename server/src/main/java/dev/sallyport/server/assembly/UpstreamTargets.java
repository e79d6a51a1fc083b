package dev.sallyport.server.assembly;

import dev.sallyport.config.KubeconfigReference;
import dev.sallyport.config.UpstreamTls;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.routes.EndpointSpec;
import dev.sallyport.config.routes.UpstreamSpec;
import dev.sallyport.webhook.Secret;
import dev.sallyport.webhook.TlsPeer;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.kubeconfig.FileSource;
import dev.sallyport.webhook.kubeconfig.Kubeconfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where an upstream that judges is asked: at its first endpoint, as its requests go there. */
final class UpstreamTargets {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private UpstreamTargets() {}

  /**
   * @param files where the files that it names are taken from
   * @throws InvalidFileException when one cannot be used, or nobody could be asked safely
   */
  static WebhookTarget of(UpstreamSpec upstream, FileSource files) throws InvalidFileException {
    Optional<KubeconfigReference> kubeconfig = upstream.kubeconfig();
    if (kubeconfig.isPresent()) {
      Path file = kubeconfig.get().file();
      return Kubeconfig.parse(files.get(file), files);
    }
    return new WebhookTarget(url(upstream), peer(upstream.tls(), files), token(upstream, files));
  }

  private static URI url(UpstreamSpec upstream) throws InvalidFileException {
    for (EndpointSpec endpoint : upstream.endpoints()) {
      URI url = endpoint.url();
      String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
      if (endpoint.secure() || (url.getScheme().equals("http") && THIS_MACHINE.contains(host))) {
        return url;
      }
    }
    throw new InvalidFileException(
        Path.of(upstream.name()), "has no https endpoint to be asked at for a judge");
  }

  private static TlsPeer peer(UpstreamTls tls, FileSource files) throws InvalidFileException {
    List<X509Certificate> authorities =
        tls.certificateAuthority().isPresent()
            ? Certificates.parse(files.get(tls.certificateAuthority().get()))
            : List.of();
    Optional<CertifiedKey> identity = Optional.empty();
    if (tls.clientCertificate().isPresent()) {
      FileContent chain = files.get(tls.clientCertificate().get().certificate());
      identity =
          Optional.of(CertifiedKey.parse(chain, files.get(tls.clientCertificate().get().key())));
    }
    return new TlsPeer(authorities, identity, tls.serverName());
  }

  private static Optional<Secret> token(UpstreamSpec upstream, FileSource files)
      throws InvalidFileException {
    if (upstream.tokenFile().isEmpty()) {
      return Optional.empty();
    }
    FileContent file = files.get(upstream.tokenFile().get());
    String token = new String(file.bytes(), StandardCharsets.UTF_8).strip();
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new InvalidFileException(file.file(), "holds no token (expected: one line)");
    }
    return Optional.of(new Secret("Bearer " + token));
  }
}
