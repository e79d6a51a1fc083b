package dev.sallyport.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The backend that gets what both doors let through, instead of the store.
 *
 * @param url {@code http}, {@code https} or {@code h2c} with a host and an optional path that is
 *     put before every request's, or {@code unix} ({@link SocketUrl})
 * @param protocol which HTTP it is spoken to in; {@code h2c} is HTTP/2 whatever stands here
 * @param tls how both sides prove who they are, for https
 * @param tokenFile a bearer token sent to the backend, read again when the file changes
 * @param identity how the backend learns who calls
 * @param proxyProtocol how it learns the client's address, beneath TLS
 * @param streams how exec, attach and port-forward pass to it
 */
public record UpstreamConfig(
    URI url,
    UpstreamProtocol protocol,
    UpstreamTls tls,
    Optional<Path> tokenFile,
    IdentityConfig identity,
    ProxyProtocol proxyProtocol,
    StreamsConfig streams) {

  /** With streams as they come. */
  public UpstreamConfig(
      URI url,
      UpstreamProtocol protocol,
      UpstreamTls tls,
      Optional<Path> tokenFile,
      IdentityConfig identity,
      ProxyProtocol proxyProtocol) {
    this(url, protocol, tls, tokenFile, identity, proxyProtocol, StreamsConfig.PLAIN);
  }

  /** With the usual names of headers, by HTTP/1.1. */
  public UpstreamConfig(
      URI url, UpstreamTls tls, Optional<Path> tokenFile, UpstreamIdentity identity) {
    this(
        url,
        UpstreamProtocol.HTTP1,
        tls,
        tokenFile,
        IdentityConfig.of(identity),
        ProxyProtocol.OFF);
  }

  public UpstreamConfig {
    Faults faults = new Faults();
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    faults.check(
        usable(url, scheme),
        "--upstream",
        url,
        "an http, https or h2c URL without user, query and fragment, or unix:///path/of.sock");
    if (!scheme.equals("https")) {
      String why = "an https --upstream to go with it";
      tls.certificateAuthority().ifPresent(file -> faults.add("--upstream-ca-file", file, why));
      tls.clientCertificate()
          .ifPresent(pair -> faults.add("--upstream-client-certificate", pair.certificate(), why));
      tls.serverName().ifPresent(name -> faults.add("--upstream-server-name", name, why));
    }
    tls.serverName()
        .filter(name -> !name.matches("[A-Za-z0-9.:_-]+"))
        .ifPresent(name -> faults.add("--upstream-server-name", name, "a host name"));
    if (scheme.equals("h2c")) {
      protocol = UpstreamProtocol.HTTP2;
    }
    faults.check(
        proxyProtocol == ProxyProtocol.OFF || protocol == UpstreamProtocol.HTTP1,
        "--upstream-proxy-protocol",
        proxyProtocol.text(),
        "off beside HTTP/2, whose connections are shared by clients");
    faults.throwIfAny();
  }

  private static boolean usable(URI url, String scheme) {
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      return false;
    }
    return switch (scheme) {
      case "http", "https", "h2c" -> url.getHost() != null;
      case "unix" -> SocketUrl.usable(url);
      default -> false;
    };
  }

  /** The same with other streams. */
  public UpstreamConfig with(StreamsConfig other) {
    return new UpstreamConfig(url, protocol, tls, tokenFile, identity, proxyProtocol, other);
  }

  /** Whether the backend speaks TLS. */
  public boolean secure() {
    return "https".equalsIgnoreCase(url.getScheme());
  }
}
