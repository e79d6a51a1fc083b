package dev.sallyport.junit;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.server.bootstrap.Kubeconfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to be somebody to a server: known by a certificate, or by a token. Immutable.
 */
public final class Credentials {

  private final String url;
  private final String authorities;
  private final String user;
  private final @Nullable CertifiedKey pair;
  private final @Nullable String token;

  private Credentials(
      String url,
      String authorities,
      String user,
      @Nullable CertifiedKey pair,
      @Nullable String token) {
    this.url = url;
    this.authorities = authorities;
    this.user = user;
    this.pair = pair;
    this.token = token;
  }

  static Credentials ofCertificate(String url, String authorities, String user, CertifiedKey pair) {
    return new Credentials(url, authorities, user, pair, null);
  }

  static Credentials ofToken(String url, String authorities, String user, String token) {
    return new Credentials(url, authorities, user, null, token);
  }

  /** The server's address. */
  public String url() {
    return url;
  }

  /** As the server will call the client. */
  public String user() {
    return user;
  }

  /** PEM text that the server is checked with. */
  public String caCertificate() {
    return authorities;
  }

  /** PEM text; empty of who brings a token. */
  public Optional<String> clientCertificate() {
    return Optional.ofNullable(pair).map(each -> PemWriter.certificates(each.chain()));
  }

  /** PEM text, SEC1; empty of who brings a token. */
  public Optional<String> clientKey() {
    return Optional.ofNullable(pair).map(PemWriter::clientKey);
  }

  /** The bearer token; empty of who brings a certificate. */
  public Optional<String> token() {
    return Optional.ofNullable(token);
  }

  /** A kubeconfig's text with everything inside, as every client library reads it. */
  public String kubeconfig() {
    if (pair != null) {
      return new Kubeconfig(url, authorities, user, pair).text();
    }
    return Kubeconfig.ofToken(url, authorities, user, token().orElseThrow()).text();
  }

  /**
   * Writes the kubeconfig for its owner only.
   *
   * @param file must not be there yet
   * @return the file
   */
  public Path writeKubeconfig(Path file) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(file, kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * For the JDK's HttpClient: trusts this server only, and shows the certificate. A {@link #token}
   * is the caller's to send.
   */
  public SSLContext sslContext() {
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      int number = 0;
      for (X509Certificate authority : authorities()) {
        keys.setCertificateEntry("ca-" + number++, authority);
      }
      if (pair != null) {
        X509Certificate[] chain = pair.chain().toArray(X509Certificate[]::new);
        keys.setKeyEntry("client", pair.key(), new char[0], chain);
      }
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, new char[0]);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(keys);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException | InvalidFileException e) {
      throw new IllegalStateException(e);
    }
  }

  private Iterable<X509Certificate> authorities() throws InvalidFileException {
    return Certificates.parse(
        new FileContent(Path.of("ca.crt"), authorities.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Prints no secret. */
  @Override
  public String toString() {
    return "Credentials[" + user + " at " + url + "]";
  }
}
