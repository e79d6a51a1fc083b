package dev.sallyport.server.bootstrap;

import dev.sallyport.config.BootstrapConfig;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.file.AtomicFile;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The CA of the data directory: made once, read when something is to be issued. */
public final class Authority {
  /** Clocks of other machines may be a little behind. */
  private static final Duration LEEWAY = Duration.ofMinutes(5);

  private static final Duration OWN_LIFE = Duration.ofDays(3650);

  private final KeyPairFiles files;
  private final Clock clock;

  Authority(KeyPairFiles files, Clock clock) {
    this.files = files;
    this.clock = clock;
  }

  /** The authority that the first start made in that folder. */
  public static Authority in(Path folder, Clock clock) {
    return new Authority(new BootstrapConfig(folder, false, false, false).authority(), clock);
  }

  /** Makes it unless it is there; an expired one is replaced, and so is all it has issued. */
  void make() throws InvalidFileException {
    if (Files.exists(files.certificate()) && !Lifetime.isOver(files.certificate(), clock)) {
      return;
    }
    Instant now = clock.instant();
    CertificateAuthority made =
        CertificateAuthority.create("sallyport-ca", now.minus(LEEWAY), now.plus(OWN_LIFE));
    // The key first: a certificate whose key is missing would count as whole at the next start.
    write(files.key(), PemWriter.privateKey(made.key()));
    write(files.certificate(), PemWriter.certificate(made.certificate()));
  }

  /** Whether a certificate names this authority as its issuer. */
  boolean issued(X509Certificate certificate) throws InvalidFileException {
    return certificate
        .getIssuerX500Principal()
        .equals(Certificates.read(files.certificate()).get(0).getSubjectX500Principal());
  }

  /** The PEM text that what it has issued is checked with. */
  public String pem() throws InvalidFileException {
    return PemWriter.certificates(Certificates.read(files.certificate()));
  }

  /**
   * Issues a client's certificate.
   *
   * @param user the common name: the user
   * @param groups the organizations: the groups
   * @throws InvalidFileException if the authority's files are missing or broken
   */
  public CertifiedKey client(String user, List<String> groups, Duration life)
      throws InvalidFileException {
    Instant now = clock.instant();
    return issue(CertificateSpec.client(user, groups, now.minus(LEEWAY), now.plus(life)));
  }

  CertifiedKey server(ServerNames names, Duration life) throws InvalidFileException {
    Instant now = clock.instant();
    return issue(
        CertificateSpec.server(
            "sallyport", names.dns(), names.addresses(), now.minus(LEEWAY), now.plus(life)));
  }

  private CertifiedKey issue(CertificateSpec spec) throws InvalidFileException {
    return CertificateAuthority.read(files.certificate(), files.key()).issue(spec);
  }

  static void write(Path file, String text) throws InvalidFileException {
    AtomicFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
  }
}
