package dev.sallyport.server.endpoint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathFormTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//",
        "//api/v1/pods",
        "/api//v1/pods",
        "/api/v1/./pods",
        "/api/v1/..",
        "/x/../livez",
        "/api/v1/%2e%2e/pods",
        "/livez%2f",
        "/a%5cb",
        "/a%252f",
        "/a%00",
        "/a%c0%ae",
        "/a\\b",
        "/é"
      })
  void findsWhatTwoReadersCouldUnderstandDifferently(String path) {
    assertTrue(PathForm.odd(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/v1/namespaces/default/pods/",
        "/api/v1/namespaces/a%20b",
        "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node%3Ax",
        "/.well-known/openid-configuration"
      })
  void letsPlainPathsPass(String path) {
    assertFalse(PathForm.odd(path));
  }
}
