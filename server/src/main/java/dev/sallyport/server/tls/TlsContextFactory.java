package dev.sallyport.server.tls;

import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.ServingConfig;
import dev.sallyport.config.SniKeyPair;
import dev.sallyport.config.TlsVersion;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * Makes serving contexts of PEM files and of the flags about TLS. There is no session resumption:
 * every connection shows its certificate itself.
 */
public final class TlsContextFactory {

  /** Forward secrecy and authenticated encryption only, as Go orders them. */
  private static final List<String> DEFAULT_SUITES =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** Always offered with TLS 1.3, as Go does: no flag chooses among them. */
  private static final List<String> TLS13_SUITES =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private final TlsEngine engine;
  private final List<String> protocols;
  private final List<String> suites;

  public TlsContextFactory(TlsEngine engine, TlsVersion oldest, List<String> suites) {
    this.engine = engine;
    this.protocols =
        oldest == TlsVersion.TLS_1_3 ? List.of("TLSv1.3") : List.of("TLSv1.3", "TLSv1.2");
    this.suites = new ArrayList<>(TLS13_SUITES);
    this.suites.addAll(suites.isEmpty() ? DEFAULT_SUITES : suites);
  }

  /**
   * The contexts of these flags, made anew whenever a file changes; connections that stand keep
   * theirs.
   *
   * @throws InvalidFileException when a certificate or key cannot be used now
   */
  public static Watched<TlsContexts> watch(
      TlsEngine engine, ServingConfig config, FileWatcher watcher) throws InvalidFileException {
    TlsContextFactory factory =
        new TlsContextFactory(engine, config.minVersion(), config.cipherSuites());
    return watcher.watch(files(config), contents -> factory.read(config.sni(), contents));
  }

  private static List<Path> files(ServingConfig config) {
    List<Path> files = new ArrayList<>();
    add(files, config.keyPair());
    config.sni().forEach(pair -> add(files, pair.files()));
    return files;
  }

  private static void add(List<Path> files, KeyPairFiles pair) {
    files.add(pair.certificate());
    files.add(pair.key());
  }

  private TlsContexts read(List<SniKeyPair> sni, List<FileContent> contents)
      throws InvalidFileException {
    SslContext fallback = context(contents.get(0), contents.get(1));
    Map<String, SslContext> exact = new HashMap<>();
    Map<String, SslContext> wildcards = new HashMap<>();
    for (int i = 0; i < sni.size(); i++) {
      FileContent certificate = contents.get(2 + 2 * i);
      FileContent key = contents.get(3 + 2 * i);
      CertifiedKey pair = CertifiedKey.parse(certificate, key);
      SslContext context = context(pair, certificate.file());
      List<String> names = sni.get(i).names();
      for (String name : names.isEmpty() ? ServerNames.of(pair.leaf()) : names) {
        add(name.toLowerCase(Locale.ROOT), context, exact, wildcards);
      }
    }
    return new TlsContexts(fallback, exact, wildcards);
  }

  /** The first certificate that is named for a host keeps it. */
  private static void add(
      String name,
      SslContext context,
      Map<String, SslContext> exact,
      Map<String, SslContext> wildcards) {
    if (name.startsWith("*.")) {
      wildcards.putIfAbsent(name.substring(2), context);
    } else {
      exact.putIfAbsent(name, context);
    }
  }

  private SslContext context(FileContent certificate, FileContent key) throws InvalidFileException {
    return context(CertifiedKey.parse(certificate, key), certificate.file());
  }

  private SslContext context(CertifiedKey pair, Path file) throws InvalidFileException {
    try {
      return context(pair);
    } catch (SSLException | IllegalArgumentException e) {
      throw new InvalidFileException(file, "cannot serve TLS", e);
    }
  }

  /**
   * @throws SSLException when the TLS engine refuses the key or the suites
   */
  SslContext context(CertifiedKey pair) throws SSLException {
    SslContext context =
        SslContextBuilder.forServer(pair.key(), pair.chain())
            .sslProvider(engine.provider())
            // The default, PKCS#12, would derive a key by 10,000 rounds to hide ours from
            // ourselves.
            .keyStoreType("JKS")
            .protocols(protocols)
            .ciphers(suites, SupportedCipherSuiteFilter.INSTANCE)
            .clientAuth(ClientAuth.OPTIONAL)
            .trustManager(new AnyCertificate())
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    TlsContexts.PROTOCOLS))
            .build();
    Resumption.disable(context);
    return context;
  }

  /** A single context for every name, for tests and for servers without files. */
  public TlsContexts single(CertifiedKey pair) throws SSLException {
    return new TlsContexts(context(pair), Map.of(), Map.of());
  }
}
