package dev.sallyport.config.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.IdentityConfig;
import dev.sallyport.config.RecordingConfig;
import dev.sallyport.config.RecordingLimits;
import dev.sallyport.config.RecordingRule;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.UpstreamProtocol;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutesFileTest {

  private static final String HEAD =
      "apiVersion: sallyport.dev/v1alpha1\nkind: RouteConfiguration\n";

  private static RouteConfiguration read(String text) throws InvalidFileException {
    return RoutesFile.parse(
        new FileContent(
            Path.of("/etc/sallyport/routes.yaml"), text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> faults(String text) {
    return assertThrows(InvalidFileException.class, () -> read(text)).faults();
  }

  private static void fault(String text, String expected) {
    List<String> faults = faults(text);
    assertTrue(faults.contains(expected), () -> expected + " is not among " + faults);
  }

  @Test
  void readsEveryField() throws InvalidFileException {
    RouteConfiguration read =
        read(
            HEAD
                + """
                upstreams:
                - name: shop
                  endpoints:
                  - {url: "https://10.0.0.7:8443", weight: 3}
                  - {url: "https://10.0.0.8:8443"}
                  protocol: http2
                  tls:
                    certificateAuthority: ca.crt
                    clientCertificate: /pki/own.crt
                    clientKey: /pki/own.key
                    serverName: shop.internal
                  tokenFile: token
                  identity: impersonate
                  healthCheck:
                    {path: /healthz, interval: 10s, timeout: 1s, healthyAfter: 2, unhealthyAfter: 4}
                  timeouts: {connect: 1s, response: 30s, idle: 1m}
                  maxConnections: 10
                  retries: 2
                  streaming: websocket
                - name: prod
                  kubeconfig: {file: prod.kubeconfig, context: admin@prod}
                  proxyProtocol: v2
                routes:
                - name: shop
                  match:
                    hosts: [Shop.example.org, "*.example.net"]
                    serverNames: [shop.example.org]
                    pathPrefix: /shop/
                    methods: [GET, POST]
                    headers: [{name: X-Canary, value: "1"}]
                  upstreams: [{name: shop, weight: 9}, {name: prod}]
                  stripPrefix: true
                  recording: {directory: sessions, maxSize: 100, maxAge: 30, maxFiles: 1000}
                """);
    UpstreamSpec shop = read.upstreams().get(0);
    assertEquals(new EndpointSpec(URI.create("https://10.0.0.7:8443"), 3), shop.endpoints().get(0));
    assertEquals(1, shop.endpoints().get(1).weight());
    assertEquals(UpstreamProtocol.HTTP2, shop.protocol());
    assertEquals(Optional.of(Path.of("/etc/sallyport/ca.crt")), shop.tls().certificateAuthority());
    assertEquals(Path.of("/pki/own.key"), shop.tls().clientCertificate().orElseThrow().key());
    assertEquals(Optional.of("shop.internal"), shop.tls().serverName());
    assertEquals(UpstreamIdentity.IMPERSONATE, shop.identity().kind());
    HealthCheckConfig check = shop.healthCheck().orElseThrow();
    assertEquals(
        new HealthCheckConfig("/healthz", Duration.ofSeconds(10), Duration.ofSeconds(1), 2, 4),
        check);
    assertEquals(
        new UpstreamTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1)),
        shop.timeouts());
    assertEquals(10, shop.maxConnections());
    assertEquals(2, shop.retries());
    UpstreamSpec prod = read.upstreams().get(1);
    assertEquals("admin@prod", prod.kubeconfig().orElseThrow().context());
    assertEquals(IdentityConfig.IMPERSONATE, prod.identity());
    assertEquals(Duration.ZERO, prod.timeouts().idle());
    RouteConfig route = read.routes().get(0);
    assertEquals(
        new RouteMatch(
            List.of("shop.example.org", "*.example.net"),
            List.of("shop.example.org"),
            "/shop",
            List.of("GET", "POST"),
            List.of(new HeaderMatch("x-canary", "1"))),
        route.match());
    assertEquals(
        List.of(new UpstreamShare("shop", 9), new UpstreamShare("prod", 1)), route.upstreams());
    assertTrue(route.stripPrefix());
    assertEquals(
        new RecordingConfig(
            Path.of("/etc/sallyport/sessions"),
            List.of(RecordingRule.EVERYBODYS_OUTPUT),
            new RecordingLimits(100, 30, 1000)),
        route.recording().orElseThrow());
  }

  @Test
  void tellsAllFaultsTogetherEachWithItsPlace() {
    List<String> faults =
        faults(
            HEAD
                + """
                upstreams:
                - name: a
                  endpoints: [{url: "ftp://x", weight: 0}]
                  retrys: 3
                - name: a
                  kubeconfig: {context: c}
                  tokenFile: t
                routes:
                - name: r
                  match: {pathPrefix: shop, methods: [get]}
                  upstreams: [{name: b}]
                  stripPrefix: true
                """);
    for (String expected :
        List.of(
            "upstreams[0].endpoints[0].weight: 0 (expected: a number from 1 to 1000000)",
            "upstreams[0].endpoints[0].url: \"ftp://x\" (expected: http://, https:// or h2c:// with"
                + " a host, or unix:///path, without user, query and fragment)",
            "upstreams[0].retrys: unknown field",
            "upstreams[1].name: \"a\" (expected: each name once)",
            "upstreams[1].kubeconfig.file: missing (expected: a kubeconfig file)",
            "upstreams[1].tokenFile: stands beside kubeconfig (expected: one of both)",
            "routes[0].match.pathPrefix: \"shop\" (expected: /segment/segment without escapes, dots"
                + " and empty ones)",
            "routes[0].match.methods[0]: \"get\" (expected: capitals such as GET)",
            "routes[0].upstreams[0].name: \"b\" is not among the upstreams",
            "routes[0].stripPrefix: there is no prefix to strip (expected: match.pathPrefix)")) {
      assertTrue(faults.contains(expected), () -> expected + " is not among " + faults);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "cookie",
        "X-Remote-User",
        "x_remote_group",
        "Impersonate-User",
        "Host",
        "X-Forwarded-For",
        "x-original-url",
        "Connection"
      })
  void noRouteIsChosenByACredentialOrAProxysWord(String name) {
    fault(
        HEAD
            + "upstreams: [{name: a, endpoints: [{url: 'http://x'}]}]\n"
            + "routes: [{name: r, upstreams: [{name: a}], match: {headers: [{name: '"
            + name
            + "', value: v}]}}]\n",
        "routes[0].match.headers[0].name: \""
            + name.toLowerCase(java.util.Locale.ROOT)
            + "\" (expected: no credential, identity or header of a proxy)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"//", "/a//b", "/a/../b", "/.", "/a%2fb", "/a?b", "/a#b", "/ä", "/a;b"})
  void aPrefixThatTwoCouldReadDifferentlyIsRefused(String prefix) {
    fault(
        HEAD
            + "upstreams: [{name: a, endpoints: [{url: 'http://x'}]}]\n"
            + "routes: [{name: r, upstreams: [{name: a}], match: {pathPrefix: '"
            + prefix
            + "'}}]\n",
        "routes[0].match.pathPrefix: \""
            + prefix
            + "\" (expected: /segment/segment without escapes, dots and empty ones)");
  }

  @Test
  void aForeignDocumentIsRefused() {
    fault("kind: Config\n", "apiVersion: \"\" (expected: sallyport.dev/v1alpha1)");
    fault("kind: Config\n", "kind: \"Config\" (expected: RouteConfiguration)");
  }

  @Test
  void hostsArePlainNamesOrWildcards() {
    for (String host : List.of("a:443", "*", "a.*.b", "a..b", "*.", "ä.org", "")) {
      fault(
          HEAD
              + "upstreams: [{name: a, endpoints: [{url: 'http://x'}]}]\n"
              + "routes: [{name: r, upstreams: [{name: a}], match: {hosts: ['"
              + host
              + "']}}]\n",
          "routes[0].match.hosts[0]: \"" + host + "\" (expected: a name without port, or *.name)");
    }
  }

  @Test
  void aSocketIsAnEndpoint() throws InvalidFileException {
    RouteConfiguration read =
        read(
            HEAD
                + "upstreams: [{name: a, endpoints: [{url: 'unix:///run/app.sock'}]}]\n"
                + "routes: [{name: r, upstreams: [{name: a}]}]\n");
    assertEquals("/run/app.sock", read.upstreams().get(0).endpoints().get(0).url().getPath());
    assertEquals(RouteMatch.ALL, read.routes().get(0).match());
  }
}
