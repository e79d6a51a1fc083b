package dev.sallyport.authz.rbac;

import static dev.sallyport.authz.rbac.Rbac.ask;
import static dev.sallyport.authz.rbac.Rbac.group;
import static dev.sallyport.authz.rbac.Rbac.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.Decision;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BoundGroupsTest {
  private final Rbac rbac = new Rbac();

  /** In 300 groups; the same object for every question, as a token's user is. */
  private final UserInfo ann =
      new UserInfo("ann", "", IntStream.range(0, 300).mapToObj(n -> "g-" + n).toList(), Map.of());

  @BeforeEach
  void role() {
    rbac.clusterRole("view", rule("get", "", "pods"));
    rbac.clusterRole("write", rule("update", "", "pods"));
  }

  private Decision may(String verb, String namespace) {
    return rbac.judge(ann, ask(verb, "", namespace, "pods")).decision();
  }

  @Test
  void aGroupsFirstBindingCountsThoughTheUserWasKnownWithoutIt() {
    assertEquals(Decision.NO_OPINION, may("get", "default"));
    rbac.bindCluster("a", "view", group("g-299"));
    assertEquals(Decision.ALLOW, may("get", "default"));
    rbac.bindClusterRoleIn("default", "b", "write", group("g-7"));
    assertEquals(Decision.ALLOW, may("update", "default"));
    assertEquals(Decision.NO_OPINION, may("update", "other"));
  }

  @Test
  void aGroupsLastBindingTakenAwayCountsAtOnceAndSoDoesANewOne() {
    rbac.bindCluster("a", "view", group("g-5"));
    assertEquals(Decision.ALLOW, may("get", "default"));
    rbac.sink.removeBinding("", "a");
    assertEquals(Decision.NO_OPINION, may("get", "default"));
    rbac.bindCluster("a", "view", group("g-5"));
    assertEquals(Decision.ALLOW, may("get", "default"));
    rbac.bindCluster("a", "view", group("g-6"));
    assertEquals(Decision.ALLOW, may("get", "default"), "by another of the groups");
    rbac.bindCluster("a", "view", group("strangers"));
    assertEquals(Decision.NO_OPINION, may("get", "default"));
  }

  @Test
  void listsOfGroupsAreToldApartHoweverManyThereAre() {
    rbac.bindCluster("a", "view", group("g-1"));
    for (int i = 0; i < 10_000; i++) {
      boolean member = i % 3 == 0;
      List<String> groups =
          IntStream.range(0, 12).mapToObj(n -> member && n == 11 ? "g-1" : "x-" + n).toList();
      UserInfo user = new UserInfo("u-" + i, "", groups, Map.of());
      assertEquals(
          member ? Decision.ALLOW : Decision.NO_OPINION,
          rbac.judge(user, ask("get", "", "default", "pods")).decision());
    }
  }
}
