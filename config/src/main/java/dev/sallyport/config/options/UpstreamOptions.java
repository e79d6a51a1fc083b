package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.DURATION;
import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.LIST;
import static dev.sallyport.config.flags.ValueType.STRING;
import static dev.sallyport.config.flags.ValueType.URL;

import dev.sallyport.config.Faults;
import dev.sallyport.config.IdentityConfig;
import dev.sallyport.config.IdentityExtras;
import dev.sallyport.config.IdentityHeaderNames;
import dev.sallyport.config.JwtIdentityConfig;
import dev.sallyport.config.ProxyProtocol;
import dev.sallyport.config.UpstreamConfig;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.UpstreamProtocol;
import dev.sallyport.config.UpstreamTls;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import dev.sallyport.config.routes.HeaderName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The backend to proxy to. */
final class UpstreamOptions {
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(24);

  final FlagSection section = new FlagSection("Upstream");

  private final Flag<Optional<URI>> url =
      section.flag(
          "upstream",
          URL,
          "",
          "Send what both doors let through to this http, https, h2c or unix URL instead of the"
              + " store. unix:///path/of.sock is a unix domain socket, and :/path behind it is put"
              + " before every request's path; h2c speaks HTTP/2 without"
              + " TLS.");
  private final Flag<UpstreamProtocol> protocol =
      section.flag(
          "upstream-protocol",
          ValueType.choice(UpstreamProtocol.class, UpstreamProtocol::text),
          "http1",
          "Which HTTP to speak to the upstream: http1, http2 (with TLS it must agree by ALPN,"
              + " without TLS it must know) or auto (with TLS what ALPN comes to, else http1)."
              + " Upgrades to WebSocket or SPDY always go by HTTP/1.1.");
  private final Flag<Boolean> forceH2c =
      section.flag(
          "upstream-force-h2c",
          ValueType.SWITCH,
          "false",
          "The same as h2c:// for an http --upstream, as kube-rbac-proxy calls it.");
  private final Flag<String> serverName =
      section.flag(
          "upstream-server-name",
          ValueType.STRING,
          "",
          "Name that the upstream's certificate must carry and that is sent as SNI. Default: the"
              + " host of --upstream.");
  private final Flag<Optional<Path>> ca =
      section.flag(
          "upstream-ca-file",
          FILE,
          "",
          "PEM bundle that the upstream's certificate must chain to. Default: the JDK's roots.");
  private final Flag<Optional<Path>> certificate =
      section.flag(
          "upstream-client-certificate",
          FILE,
          "",
          "PEM file with the client certificate to show to the upstream.");
  private final Flag<Optional<Path>> key =
      section.flag(
          "upstream-client-key",
          FILE,
          "",
          "PEM file with the private key of --upstream-client-certificate.");
  private final Flag<Optional<Path>> tokenFile =
      section.flag(
          "upstream-token-file",
          FILE,
          "",
          "File with a bearer token to send to the upstream. Read again when it changes.");
  private final Flag<UpstreamIdentity> identity =
      section.flag(
          "upstream-identity",
          ValueType.choice(UpstreamIdentity.class, UpstreamIdentity::flagValue),
          "headers",
          "How the upstream learns who calls: headers (X-Remote-User, -Uid, -Group, -Extra-…),"
              + " impersonate (Impersonate-…, for a kube-apiserver), jwt (a token of ours, whose"
              + " keys are published at /openid/v1/jwks) or none.");

  private final Flag<ProxyProtocol> proxyProtocol =
      section.flag(
          "upstream-proxy-protocol",
          ValueType.choice(ProxyProtocol.class, ProxyProtocol::text),
          "off",
          "Begin each connection to the upstream with a PROXY header that names the client: v1, v2"
              + " or off. Such a connection serves one request.");

  private final Flag<List<String>> jwtAudiences =
      section.flag(
          "upstream-jwt-audiences",
          LIST,
          "",
          "For whom the tokens of --upstream-identity=jwt are (aud).");
  private final Flag<Duration> jwtLifetime =
      section.flag(
          "upstream-jwt-lifetime",
          DURATION,
          "5m0s",
          "How long the tokens of --upstream-identity=jwt are good for, 10s to 24h.");
  private final Flag<Optional<Path>> jwtKey =
      section.flag(
          "upstream-jwt-signing-key-file",
          FILE,
          "",
          "PEM file with the private key that signs the tokens of --upstream-identity=jwt. Default:"
              + " the one of service-account tokens.");
  private final Flag<String> jwtHeader =
      section.flag(
          "upstream-jwt-header",
          STRING,
          JwtIdentityConfig.AUTHORIZATION,
          "The header with the token of --upstream-identity=jwt; in Authorization it is a bearer"
              + " token.");

  private final IdentityExtrasOptions extras = new IdentityExtrasOptions(section);

  UpstreamOptions() {
    // kube-rbac-proxy's names
    section.alias("upstream-client-cert-file", certificate);
    section.alias("upstream-client-key-file", key);
  }

  /** Whether there is one. */
  boolean given() {
    return url.isSet() && !url.text().isEmpty();
  }

  /** What upstreams are told beside the caller's own. */
  IdentityExtras extras(Faults faults) {
    return extras.toConfig(faults);
  }

  /** Notes that nobody is there to be told. */
  void refuseExtras(Faults faults) {
    extras
        .given()
        .forEach(
            flag ->
                faults.add(
                    flag.label(), flag.text(), "--upstream or --upstream-kubeconfig with it"));
  }

  void checkFiles(GivenFiles files) {
    files.bundle(ca);
    files.pair(certificate, key);
    files.text(tokenFile);
    files.signingKey(jwtKey);
  }

  /** kube-rbac-proxy's flag means what h2c:// means; with https it says nothing, as there. */
  private UpstreamProtocol protocol(URI target, Faults faults) {
    UpstreamProtocol wanted = protocol.read(faults);
    boolean forced = forceH2c.read(faults);
    return forced && !"https".equalsIgnoreCase(target.getScheme())
        ? UpstreamProtocol.HTTP2
        : wanted;
  }

  /**
   * @param told how the upstream learns who calls, where other flags say it
   */
  Optional<UpstreamConfig> toConfig(Optional<IdentityConfig> told, Faults faults) {
    Optional<URI> target = url.read(faults);
    if (target.isEmpty()) {
      Stream.of(
              protocol,
              forceH2c,
              serverName,
              ca,
              certificate,
              key,
              tokenFile,
              identity,
              jwtAudiences,
              jwtLifetime,
              jwtKey,
              jwtHeader,
              proxyProtocol)
          .filter(Flag::isSet)
          .forEach(flag -> faults.add(flag.label(), flag.text(), "--upstream to go with it"));
      return Optional.empty();
    }
    return target.map(
        uri ->
            new UpstreamConfig(
                uri,
                protocol(uri, faults),
                new UpstreamTls(
                    ca.read(faults),
                    PairOfFiles.read(certificate, key, faults),
                    Optional.of(serverName.read(faults)).filter(name -> !name.isEmpty())),
                tokenFile.read(faults),
                extended(identity(told, faults), faults),
                proxyProtocol.read(faults)));
  }

  private IdentityConfig extended(IdentityConfig identity, Faults faults) {
    if (!identity.tellsExtras()) {
      extras
          .given()
          .forEach(
              flag ->
                  faults.add(
                      flag.label(),
                      flag.text(),
                      "--upstream-identity=impersonate or headers with it"));
    }
    return identity.with(extras.toConfig(faults));
  }

  private IdentityConfig identity(Optional<IdentityConfig> told, Faults faults) {
    UpstreamIdentity kind = identity.read(faults);
    if (told.isPresent() && !identity.isSet()) {
      return told.get();
    }
    if (told.isPresent() && told.get().kind() != UpstreamIdentity.NONE) {
      faults.add(identity.label(), identity.text(), "no --auth-header-fields-enabled beside it");
    }
    if (kind != UpstreamIdentity.JWT) {
      Stream.of(jwtAudiences, jwtLifetime, jwtKey, jwtHeader)
          .filter(Flag::isSet)
          .forEach(
              flag -> faults.add(flag.label(), flag.text(), "--upstream-identity=jwt with it"));
      return IdentityConfig.of(kind);
    }
    return new IdentityConfig(kind, IdentityHeaderNames.USUAL, Optional.of(jwt(faults)));
  }

  private JwtIdentityConfig jwt(Faults faults) {
    JwtIdentityConfig jwt =
        new JwtIdentityConfig(
            jwtAudiences.read(faults),
            jwtHeader.read(faults),
            jwtLifetime.read(faults),
            jwtKey.read(faults));
    faults.check(!jwt.audiences().isEmpty(), jwtAudiences.label(), "", "whom the tokens are for");
    faults.check(
        !jwt.header().isEmpty() && HeaderName.valid(jwt.header()),
        jwtHeader.label(),
        jwt.header(),
        "a header's name");
    faults.check(
        jwt.lifetime().compareTo(SHORTEST) >= 0 && jwt.lifetime().compareTo(LONGEST) <= 0,
        jwtLifetime.label(),
        jwtLifetime.text(),
        "a time between 10s and 24h");
    faults.check(
        !jwt.bearer() || tokenFile.read(faults).isEmpty(),
        tokenFile.label(),
        tokenFile.text(),
        "another --upstream-jwt-header beside it: a request has one bearer token");
    return jwt;
  }
}
