package dev.sallyport.server.filter.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.api.Answer;
import dev.sallyport.api.StatusException;
import dev.sallyport.config.routes.HeaderMatch;
import dev.sallyport.config.routes.RouteMatch;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.Route;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostRoutesTest {

  private final List<RouteEntry> entries = new ArrayList<>();

  private static Answer<Response> nobody(RequestContext context) {
    return Answer.now(Responses.pathNotFound());
  }

  private static RouteMatch at(String prefix, String... hosts) {
    return new RouteMatch(List.of(hosts), List.of(), prefix, List.of(), List.of());
  }

  private void route(String name, RouteMatch match) {
    entries.add(new RouteEntry(match, true, new Route(name, null, HostRoutesTest::nobody)));
  }

  private RequestContext passed(FakeRequest request) {
    HostRoutes routes =
        new HostRoutes(
            entries,
            path -> path.equals("/metrics"),
            (name, value) -> name.startsWith("x-secret") ? null : value);
    return routes.route(RequestContext.of(request, "audit"));
  }

  private @Nullable String found(FakeRequest request) {
    Route route = passed(request).route();
    return route == null ? null : route.name();
  }

  private @Nullable String found(String path) {
    return found(FakeRequest.get(path));
  }

  @Test
  void aPrefixEndsAtASegmentsBorder() {
    route("shop", at("/shop"));
    assertEquals("shop", found("/shop"));
    assertEquals("shop", found("/shop/"));
    assertEquals("shop", found("/shop/a/b?x=/other"));
    assertNull(found("/shopping"));
    assertNull(found("/Shop/a"));
    assertNull(found("/a/shop"));
    assertNull(found("/"));
  }

  @Test
  void theLongestPrefixGoesFirst() {
    route("all", at(""));
    route("a", at("/a"));
    route("ab", at("/a/b"));
    assertEquals("ab", found("/a/b/c"));
    assertEquals("a", found("/a/bc"));
    assertEquals("all", found("/b"));
  }

  /** Encoded and bare, and with neighbours on both sides of where the parameters would stand. */
  @ParameterizedTest
  @ValueSource(strings = {"/admin;x/1", "/admin%3Bx/1", "/admin;", "/%61dmin;x=/1"})
  void case135ParametersDoNotHideAGuardedPrefixBehindItsNeighbours(String path) {
    route("all", at(""));
    for (String name : List.of("admin", "admin-a", "admin-b", "admin-c", "admin=d", "adminx")) {
      route(name, at("/" + name));
    }
    assertEquals("admin", found(path));
    assertEquals("admin-b", found("/admin-b;x/1"));
  }

  @Test
  void whatIsBehindThePrefixIsSeenFromThereOn() {
    route("c", at("/clusters/prod"));
    assertEquals(
        "/api/v1/pods", passed(FakeRequest.get("/clusters/prod/api/v1/pods")).request().path());
    assertEquals("/", passed(FakeRequest.get("/clusters/prod")).request().path());
    assertEquals("/", passed(FakeRequest.get("/clusters/prod/?a=b")).request().path());
    assertEquals("/a%20b", passed(FakeRequest.get("/clusters/%70rod/a%20b")).request().path());
    assertEquals("/x", passed(FakeRequest.get("/clusters;v=1/prod;w/x")).request().path());
  }

  @Test
  void anExactHostGoesBeforeAWildcardAndThatBeforeNone() {
    route("none", at("/long/prefix"));
    route("wild", at("", "*.example.org"));
    route("narrow", at("", "*.a.example.org"));
    route("exact", at("", "shop.example.org"));
    assertEquals(
        "exact", found(FakeRequest.get("/long/prefix").authority("SHOP.example.ORG:8443")));
    assertEquals("exact", found(FakeRequest.get("/").authority("shop.example.org.")));
    assertEquals("wild", found(FakeRequest.get("/long/prefix").authority("x.example.org")));
    assertEquals("wild", found(FakeRequest.get("/").authority("x.y.example.org")));
    assertEquals("narrow", found(FakeRequest.get("/").authority("x.a.example.org")));
    assertEquals("none", found(FakeRequest.get("/long/prefix").authority("example.org")));
    assertNull(found(FakeRequest.get("/").authority("evilexample.org")));
    assertNull(found(FakeRequest.get("/").authority("shop.example.org.evil.org")));
  }

  @Test
  void aHostWithoutAFittingPathFallsToTheNextClass() {
    route("any", at("/b"));
    route("exact", at("/a", "shop.example.org"));
    assertEquals("any", found(FakeRequest.get("/b").authority("shop.example.org")));
  }

  @Test
  void literalAddressesAreHosts() {
    route("v6", at("", "[::1]"));
    route("v4", at("", "127.0.0.1"));
    assertEquals("v6", found(FakeRequest.get("/").authority("[::1]:6443")));
    assertEquals("v4", found(FakeRequest.get("/").authority("127.0.0.1:6443")));
  }

  @Test
  void methodsAndHeadersDecideAndMoreHeadersGoFirst() {
    route("reads", new RouteMatch(List.of(), List.of(), "", List.of("GET", "HEAD"), List.of()));
    route(
        "canary",
        new RouteMatch(
            List.of(), List.of(), "", List.of(), List.of(new HeaderMatch("x-canary", "1"))));
    assertEquals("canary", found(FakeRequest.get("/").header("X-Canary", "1")));
    assertEquals("reads", found(FakeRequest.get("/").header("X-Canary", "2")));
    assertEquals(
        "reads",
        found(FakeRequest.get("/").header("X-Canary", "1").header("X-Canary", "1")),
        "twice is not once");
    assertNull(found(FakeRequest.of("POST", "/")));
  }

  @Test
  void aHeaderThatAuthenticationHidesChoosesNothing() {
    route(
        "secret",
        new RouteMatch(
            List.of(), List.of(), "", List.of(), List.of(new HeaderMatch("x-secret", "1"))));
    assertNull(found(FakeRequest.get("/").header("X-Secret", "1")));
  }

  @Test
  void theFilesOrderDecidesAmongEquals() {
    route("first", at("/a"));
    route("second", at("/a"));
    assertEquals("first", found("/a"));
  }

  @Test
  void aGeneralRouteLeavesTheOwnPathsHereAndANarrowOneDoesNot() {
    route("all", at(""));
    assertNull(found("/metrics"));
    assertNull(found("/%6detrics"));
    assertEquals("all", found("/metric"));
    route("host", at("", "shop.example.org"));
    assertEquals("host", found(FakeRequest.get("/metrics").authority("shop.example.org")));
  }

  @Test
  void withoutARouteNothingChanges() {
    RequestContext context = RequestContext.of(FakeRequest.get("/a"), "audit");
    assertSame(context, RouteTable.NONE.route(context));
  }

  @Test
  void serverNamesAreThoseOfTheHandshake() {
    entries.add(
        new RouteEntry(
            new RouteMatch(
                List.of("a.example.org"), List.of("a.example.org"), "", List.of(), List.of()),
            false,
            new Route("a", null, HostRoutesTest::nobody)));
    entries.add(
        new RouteEntry(
            new RouteMatch(List.of(), List.of("*.example.net"), "", List.of(), List.of()),
            false,
            new Route("net", null, HostRoutesTest::nobody)));
    route("all", at(""));
    FakeRequest right = FakeRequest.get("/").authority("a.example.org");
    right.connection().serverName("a.example.org");
    assertEquals("a", found(right));
    FakeRequest net = FakeRequest.get("/").authority("whatever");
    net.connection().serverName("x.example.net");
    assertEquals("net", found(net));
    FakeRequest none = FakeRequest.get("/").authority("whatever");
    assertEquals("all", found(none));
    FakeRequest wrong = FakeRequest.get("/").authority("a.example.org");
    wrong.connection().serverName("x.example.net");
    assertEquals(421, assertThrows(StatusException.class, () -> found(wrong)).status().code());
    FakeRequest unnamed = FakeRequest.get("/").authority("a.example.org");
    assertEquals(421, assertThrows(StatusException.class, () -> found(unnamed)).status().code());
  }

  /** Whatever a reader may make of it, it is not the lenient route that such a path falls to. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/x",
        "/%61dmin/x",
        "/%61%64%6D%69%6e/x",
        "/admin;a=b/x",
        "/admin%3ba/x",
        "/admin"
      })
  void case135AnEscapedLetterStillFindsTheGuardedRoute(String path) {
    route("lenient", at(""));
    route("guarded", at("/admin"));
    assertEquals("guarded", found(path));
  }

  /** These find another route than some readers would; none of them is served by anybody. */
  @ParameterizedTest
  @CsvSource({
    "/admin%2fx, lenient",
    "//admin/x, lenient",
    "/./admin/x, lenient",
    "/a/../admin/x, lenient",
    "/%2561dmin/x, lenient",
    "/admin/../x, guarded",
    "/admin%00/x, lenient",
  })
  void case131And133OddPathsAreMatchedAsTheyRead(String path, String route) {
    route("lenient", at(""));
    route("guarded", at("/admin"));
    assertEquals(route, found(path));
  }
}
