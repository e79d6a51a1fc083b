package dev.sallyport.proxy.factory;

import dev.sallyport.api.UserInfo;
import dev.sallyport.config.UpstreamConfig;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pki.RareKeys;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.connect.ClientTls;
import dev.sallyport.proxy.connect.Connector;
import dev.sallyport.proxy.connect.Destination;
import dev.sallyport.proxy.headers.IdentityHeaders;
import dev.sallyport.proxy.headers.RequestHeaders;
import dev.sallyport.proxy.headers.TokenMint;
import dev.sallyport.proxy.http1.Http1Upstream;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the upstream of {@code --upstream} and its files, which are read again when they change.
 */
public final class UpstreamFactory {

  private UpstreamFactory() {}

  /** As {@link #create(UpstreamConfig, TokenMint, FileWatcher, ByteBufAllocator)}, without JWTs. */
  public static Upstream create(
      UpstreamConfig config, FileWatcher watcher, ByteBufAllocator buffers)
      throws InvalidFileException {
    return create(config, UpstreamFactory::mintless, watcher, buffers);
  }

  private static String mintless(UserInfo caller) {
    throw new IllegalStateException("an upstream that is told by tokens needs a mint");
  }

  /**
   * @param mint makes the tokens of {@code identity: jwt}
   * @param buffers where its connections take theirs from
   * @throws InvalidFileException when a certificate, key or token cannot be used now
   */
  public static Upstream create(
      UpstreamConfig config, TokenMint mint, FileWatcher watcher, ByteBufAllocator buffers)
      throws InvalidFileException {
    Watched<String> token =
        config.tokenFile().isPresent()
            ? watcher.watch(List.of(config.tokenFile().get()), contents -> token(contents.get(0)))
            : Watched.fixed("");
    RequestHeaders headers =
        new RequestHeaders(
            config.url().getRawAuthority(),
            IdentityHeaders.of(config.identity(), mint),
            token::current);
    Connector connector =
        new Connector(Destination.of(config.url()), clientTls(config, watcher), buffers);
    String path = config.url().getRawPath() == null ? "" : config.url().getRawPath();
    return new Http1Upstream(connector, path, headers);
  }

  private static String token(FileContent content) throws InvalidFileException {
    String token = new String(content.bytes(), StandardCharsets.UTF_8).trim();
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) <= ' ' || token.charAt(i) >= 0x7f) {
        throw new InvalidFileException(content.file(), "holds no token (expected: one line)");
      }
    }
    if (token.isEmpty()) {
      throw new InvalidFileException(content.file(), "is empty (expected: a bearer token)");
    }
    return token;
  }

  private static @Nullable ClientTls clientTls(UpstreamConfig config, FileWatcher watcher)
      throws InvalidFileException {
    if (!config.tls()) {
      return null;
    }
    String host = ((Destination.Port) Destination.of(config.url())).host();
    return new ClientTls(tls(config, watcher)::current, host);
  }

  private static Watched<SslContext> tls(UpstreamConfig config, FileWatcher watcher)
      throws InvalidFileException {
    List<Path> files = new ArrayList<>();
    config.ca().ifPresent(files::add);
    config
        .clientCertificate()
        .ifPresent(
            pair -> {
              files.add(pair.certificate());
              files.add(pair.key());
            });
    return watcher.watch(files, contents -> context(config, contents));
  }

  private static SslContext context(UpstreamConfig config, List<FileContent> contents)
      throws InvalidFileException {
    int next = 0;
    List<X509Certificate> authorities =
        config.ca().isPresent() ? Certificates.parse(contents.get(next++)) : List.of();
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(provider(authorities))
            .protocols("TLSv1.3", "TLSv1.2")
            .endpointIdentificationAlgorithm("HTTPS");
    if (!authorities.isEmpty()) {
      builder.trustManager(authorities);
    }
    if (config.clientCertificate().isPresent()) {
      CertifiedKey pair = CertifiedKey.parse(contents.get(next), contents.get(next + 1));
      builder.keyManager(pair.key(), pair.chain());
    }
    try {
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      Path file = contents.isEmpty() ? Path.of(config.url().toString()) : contents.get(0).file();
      throw new InvalidFileException(file, "cannot be used for TLS", e);
    }
  }

  /**
   * The same engine as for clients ({@code sallyport.tls.engine}), but for upstreams whose
   * authority has a key that only the JDK's TLS verifies.
   */
  private static SslProvider provider(List<X509Certificate> authorities) {
    String wanted = System.getProperty("sallyport.tls.engine", "auto").toLowerCase(Locale.ROOT);
    boolean jdk =
        switch (wanted) {
          case "openssl" -> false;
          case "jdk" -> true;
          default -> RareKeys.amongThoseOf(authorities);
        };
    return !jdk && OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
  }
}
