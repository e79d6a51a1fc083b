package dev.sallyport.authz;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.UserInfo;
import org.junit.jupiter.api.Test;

class ForbiddenMessageTest {

  private static final UserInfo PLAIN = UserInfo.of("plain", "system:authenticated");

  @Test
  void namesObjectSubresourceGroupAndNamespace() {
    RequestInfo request =
        RequestInfo.ofResource("get", "apps", "v1", "a", "deployments", "status", "x");
    Status status = ForbiddenMessage.status(new Attributes(PLAIN, request), "");
    assertEquals(
        "deployments.apps \"x\" is forbidden: User \"plain\" cannot get resource"
            + " \"deployments/status\" in API group \"apps\" in the namespace \"a\"",
        status.message());
    assertEquals(403, status.code());
    assertEquals("x", requireNonNull(status.details()).name());
    assertEquals("deployments", requireNonNull(status.details()).kind());
  }

  @Test
  void namesTheClusterScopeAndAppendsTheReason() {
    RequestInfo request = RequestInfo.ofResource("list", "", "v1", "", "pods", "", "");
    Status status = ForbiddenMessage.status(new Attributes(PLAIN, request), "the hook says no");
    assertEquals(
        "pods is forbidden: User \"plain\" cannot list resource \"pods\" in API group \"\" at the"
            + " cluster scope: the hook says no",
        status.message());
  }

  @Test
  void namesPaths() {
    RequestInfo request = RequestInfo.ofPath("get", "/custom/x");
    Status status = ForbiddenMessage.status(new Attributes(PLAIN, request), "");
    assertEquals("forbidden: User \"plain\" cannot get path \"/custom/x\"", status.message());
    assertEquals("", requireNonNull(status.details()).kind());
  }

  @Test
  void escapesMarkupInPlainText() {
    assertEquals(
        "Internal Server Error: \"/x?a=1&amp;b=&lt;i&gt;\": broken\n",
        ForbiddenMessage.internalError("/x?a=1&b=<i>", "broken"));
  }
}
