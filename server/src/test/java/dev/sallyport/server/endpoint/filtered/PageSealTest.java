package dev.sallyport.server.endpoint.filtered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PageSealTest {

  private static RequestContext page(String user, String query) {
    UserInfo asking = new UserInfo(user, "", List.of(), Map.of());
    return Contexts.by(asking, FakeRequest.get("/api/v1/secrets?" + query));
  }

  @Test
  void case177ASealedTokenTellsNoNameAndIsGoodForItsUserOnly() {
    String sealed = PageSeal.seal("ann", "blue/hidden");
    assertFalse(sealed.contains("hidden"));
    assertNotEquals(sealed, PageSeal.seal("ann", "blue/hidden"));
    assertEquals("blue/hidden", PageSeal.open("ann", sealed));
    assertNull(PageSeal.open("bob", sealed));
    assertNull(PageSeal.open("ann", sealed.substring(0, sealed.length() - 2)));
    assertNull(PageSeal.open("ann", "sealed.AAAA"));
    assertNull(PageSeal.open("ann", "sealed.!"));
    assertEquals("plain", PageSeal.open("ann", "plain"));
  }

  @Test
  void case177TheClusterIsAskedWithItsOwnTokenOnce() {
    String sealed = PageSeal.seal("ann", "a&b=");
    assertEquals(
        "limit=1&x=y&continue=a%26b%3D",
        OpenedPage.of(page("ann", "limit=1&continue=" + sealed + "&x=y&%63ontinue=evil"))
            .request()
            .query());
    assertThrows(
        StatusException.class, () -> OpenedPage.of(page("bob", "limit=1&continue=" + sealed)));
  }
}
