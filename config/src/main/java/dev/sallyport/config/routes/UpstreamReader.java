package dev.sallyport.config.routes;

import dev.sallyport.config.IdentityConfig;
import dev.sallyport.config.JwtIdentityConfig;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.KubeconfigReference;
import dev.sallyport.config.ProxyProtocol;
import dev.sallyport.config.StreamingProtocol;
import dev.sallyport.config.UpstreamProtocol;
import dev.sallyport.config.UpstreamTls;
import dev.sallyport.config.document.Fields;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one entry of {@code upstreams}. */
final class UpstreamReader {

  private static final int MOST_ENDPOINTS = 64;
  private static final int MOST = 1_000_000;

  private final Path folder;

  /**
   * @param folder where relative file names start
   */
  UpstreamReader(Path folder) {
    this.folder = folder;
  }

  UpstreamSpec read(Fields fields) {
    Optional<KubeconfigReference> kubeconfig = kubeconfig(fields);
    List<EndpointSpec> endpoints = endpoints(fields);
    if (kubeconfig.isPresent()) {
      refuseBeside(fields, "endpoints", "tls", "tokenFile");
    } else if (endpoints.isEmpty() && !fields.has("endpoints")) {
      fields.fault("endpoints", "missing (expected: one or several with a url, or kubeconfig)");
    }
    IdentityConfig identity =
        kubeconfig.isPresent() ? IdentityConfig.IMPERSONATE : IdentityConfig.DEFAULT;
    int most =
        kubeconfig.isPresent()
            ? UpstreamSpec.MAX_CLUSTER_CONNECTIONS
            : UpstreamSpec.MAX_CONNECTIONS;
    UpstreamSpec read =
        new UpstreamSpec(
            Names.read(fields),
            endpoints,
            kubeconfig,
            Values.choice(fields, "protocol", UpstreamProtocol.values(), UpstreamProtocol.HTTP1),
            tls(fields.object("tls")),
            Values.path(fields, "tokenFile", folder),
            IdentityReader.parse(fields, folder, identity),
            fields.has("healthCheck")
                ? Optional.of(healthCheck(fields.object("healthCheck")))
                : Optional.empty(),
            timeouts(
                fields.object("timeouts"),
                kubeconfig.isPresent() ? UpstreamTimeouts.CLUSTER : UpstreamTimeouts.DEFAULT),
            Values.number(fields, "maxConnections", 1, MOST, most),
            Values.number(fields, "retries", 0, 10, UpstreamSpec.RETRIES),
            Values.choice(fields, "streaming", StreamingProtocol.values(), StreamingProtocol.AUTO),
            Values.choice(fields, "proxyProtocol", ProxyProtocol.values(), ProxyProtocol.OFF));
    checkTls(fields, read);
    checkProxyProtocol(fields, read);
    return read;
  }

  private static void refuseBeside(Fields fields, String... others) {
    for (String other : others) {
      if (fields.has(other)) {
        fields.fault(other, "stands beside kubeconfig (expected: one of both)");
      }
    }
  }

  /** A request has one bearer token: the caller's or the gateway's. */
  private static void checkToken(Fields fields, UpstreamSpec read) {
    boolean bearer = read.identity().jwt().map(JwtIdentityConfig::bearer).orElse(false);
    if (bearer && read.tokenFile().isPresent()) {
      fields.fault("tokenFile", "stands beside identity jwt (expected: another identity.header)");
    }
    if (bearer && read.kubeconfig().isPresent()) {
      fields.fault("identity", "jwt stands beside kubeconfig (expected: another identity.header)");
    }
  }

  /** A connection of HTTP/2 is shared by many clients, and a PROXY header names one. */
  private static void checkProxyProtocol(Fields fields, UpstreamSpec read) {
    boolean shared = read.protocol() != UpstreamProtocol.HTTP1;
    for (EndpointSpec endpoint : read.endpoints()) {
      shared |= endpoint.url().getScheme().equals("h2c");
    }
    if (shared && read.proxyProtocol() != ProxyProtocol.OFF) {
      fields.fault(
          "proxyProtocol", "\"" + read.proxyProtocol().text() + "\" (expected: off beside HTTP/2)");
    }
  }

  private static void checkTls(Fields fields, UpstreamSpec read) {
    boolean plain = !read.endpoints().isEmpty();
    for (EndpointSpec endpoint : read.endpoints()) {
      plain &= !endpoint.secure();
    }
    if (plain && fields.has("tls")) {
      fields.fault("tls", "stands beside endpoints without TLS (expected: https)");
    }
  }

  private Optional<KubeconfigReference> kubeconfig(Fields fields) {
    if (!fields.has("kubeconfig")) {
      return Optional.empty();
    }
    Fields reference = fields.object("kubeconfig");
    Optional<Path> file = Values.path(reference, "file", folder);
    String context = reference.text("context");
    if (file.isEmpty()) {
      reference.fault("file", "missing (expected: a kubeconfig file)");
    }
    return Optional.of(new KubeconfigReference(file.orElse(folder), context));
  }

  private List<EndpointSpec> endpoints(Fields fields) {
    List<EndpointSpec> endpoints = new ArrayList<>();
    List<Fields> entries = fields.objects("endpoints");
    for (Fields each : entries) {
      int weight = Values.number(each, "weight", 1, MOST, 1);
      EndpointUrl.read(each).ifPresent(url -> endpoints.add(new EndpointSpec(url, weight)));
    }
    if (entries.size() > MOST_ENDPOINTS) {
      fields.fault("endpoints", entries.size() + " (expected: at most " + MOST_ENDPOINTS + ")");
    }
    if (fields.has("endpoints") && entries.isEmpty()) {
      fields.fault("endpoints", "is empty (expected: one or several with a url)");
    }
    return endpoints;
  }

  private UpstreamTls tls(Fields fields) {
    Optional<Path> certificate = Values.path(fields, "clientCertificate", folder);
    Optional<Path> key = Values.path(fields, "clientKey", folder);
    if (certificate.isPresent() != key.isPresent()) {
      fields.fault(
          certificate.isPresent() ? "clientKey" : "clientCertificate",
          "missing (expected: both certificate and key)");
    }
    return new UpstreamTls(
        Values.path(fields, "certificateAuthority", folder),
        certificate.flatMap(first -> key.map(second -> new KeyPairFiles(first, second))),
        fields.optionalText("serverName").filter(name -> !name.isEmpty()));
  }

  private static HealthCheckConfig healthCheck(Fields fields) {
    String path = fields.text("path");
    if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      fields.fault("path", "\"" + path + "\" (expected: a path such as /healthz)");
    }
    return new HealthCheckConfig(
        path,
        positive(fields, "interval", HealthCheckConfig.INTERVAL),
        positive(fields, "timeout", HealthCheckConfig.TIMEOUT),
        Values.number(fields, "healthyAfter", 1, 100, HealthCheckConfig.HEALTHY_AFTER),
        Values.number(fields, "unhealthyAfter", 1, 100, HealthCheckConfig.UNHEALTHY_AFTER));
  }

  /** Ten milliseconds or more: less would be a flood. */
  private static Duration positive(Fields fields, String field, Duration otherwise) {
    Duration time = Values.duration(fields, field, otherwise);
    if (time.toMillis() < 10) {
      fields.fault(field, "\"" + fields.text(field) + "\" (expected: 10ms or more)");
      return otherwise;
    }
    return time;
  }

  private static UpstreamTimeouts timeouts(Fields fields, UpstreamTimeouts usual) {
    return new UpstreamTimeouts(
        Values.duration(fields, "connect", usual.connect()),
        Values.duration(fields, "response", usual.response()),
        Values.duration(fields, "idle", usual.idle()));
  }
}
