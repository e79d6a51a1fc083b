package dev.sallyport.authz.rbac;

import static dev.sallyport.authz.rbac.Rbac.group;
import static dev.sallyport.authz.rbac.Rbac.named;
import static dev.sallyport.authz.rbac.Rbac.rule;
import static dev.sallyport.authz.rbac.Rbac.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleBinding.RoleRef;
import dev.sallyport.authz.RoleSubject;
import dev.sallyport.authz.Sight;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RbacSightsTest {

  private static final UserInfo ANN = UserInfo.of("ann", "dev");

  private final Rbac rbac = new Rbac();
  private final RbacSights sights = new RbacSights(rbac.index);

  private void show(String namespace, String name, String clusterRole, RoleSubject subject) {
    rbac.sink.putBinding(
        new RoleBinding(
            namespace,
            name,
            new RoleRef(RoleRef.CLUSTER_ROLE, clusterRole),
            List.of(subject),
            true));
  }

  private Sight pods(String verb) {
    return sights.of(ANN, verb, "", "pods");
  }

  @Test
  void showsTheNamespacesOfBindingsThatHaveOptedIn() {
    rbac.clusterRole("reader", rule("list", "", "pods"));
    show("red", "b", "reader", user("ann"));
    show("blue", "b", "reader", group("dev"));
    show("green", "b", "reader", user("bob"));
    rbac.bindClusterRoleIn("grey", "b", "reader", user("ann"));

    Sight sight = pods("list");
    assertEquals(Set.of("red", "blue"), sight.namespaces());
    assertTrue(sight.sees("red", "any"));
    assertFalse(sight.sees("grey", "any"));
    assertFalse(sight.sees("", "any"));
    assertTrue(pods("watch").nothing());
    assertTrue(sights.of(ANN, "list", "", "secrets").nothing());
  }

  @Test
  void showsAllBindingsWhereTheServerSaysSo() {
    RbacIndex all = new RbacIndex(true);
    Rbac.newSource(all)
        .putBinding(
            new RoleBinding(
                "red", "b", new RoleRef(RoleRef.CLUSTER_ROLE, "reader"), List.of(user("ann"))));
    RbacSights shown = new RbacSights(all);
    assertTrue(shown.of(ANN, "list", "", "pods").nothing());
    Rbac.newSource(all)
        .putRole(new dev.sallyport.authz.Role("", "reader", List.of(rule("*", "*", "*")), false));
    assertEquals(Set.of("red"), shown.of(ANN, "list", "", "pods").namespaces());
  }

  @Test
  void showsSingleNamesWhereARuleHasThem() {
    rbac.clusterRole("one", named("list", "", "pods", "x,y"));
    rbac.clusterRole("reader", rule("list", "", "pods"));
    show("red", "a", "one", user("ann"));
    show("blue", "a", "one", user("ann"));
    show("blue", "b", "reader", group("dev"));
    show("", "c", "one", user("ann"));

    Sight sight = pods("list");
    assertTrue(sight.sees("red", "x"));
    assertFalse(sight.sees("red", "z"));
    assertTrue(sight.sees("blue", "z"));
    assertTrue(sight.sees("elsewhere", "y"));
    assertFalse(sight.everything());
    assertTrue(sight.atClusterScope().sees("", "x"));
    assertFalse(sight.atClusterScope().sees("blue", "z"));
  }

  @Test
  void seesEverythingWhoMayListTheWholeCluster() {
    rbac.clusterRole("reader", rule("list", "", "pods"));
    show("red", "a", "reader", user("ann"));
    rbac.bindCluster("all", "reader", group("dev"));
    assertSame(Sight.EVERYTHING, pods("list"));
  }

  @Test
  void coversAnotherSightByNamespacesAndNames() {
    rbac.clusterRole("one", named("list", "", "pods", "x"));
    rbac.clusterRole("reader", rule("list,watch", "", "pods"));
    show("red", "a", "one", user("ann"));
    show("blue", "a", "reader", user("ann"));
    Sight list = pods("list");
    Sight watch = pods("watch");
    assertTrue(list.covers(watch));
    assertFalse(watch.covers(list));
    assertEquals(Set.of("red"), watch.differing(list));
  }

  @Test
  void countsChangesForThoseTheyConcern() {
    rbac.clusterRole("reader", rule("list", "", "pods"));
    show("red", "a", "reader", user("ann"));
    AtomicInteger heard = new AtomicInteger();
    sights.onChange(heard::incrementAndGet);

    long before = sights.generation();
    show("red", "b", "reader", user("bob"));
    assertEquals(1, heard.get());
    assertFalse(sights.changedSince(ANN, before));
    assertTrue(sights.changedSince(UserInfo.of("bob"), before));

    rbac.clusterRole("reader", rule("watch", "", "pods"));
    assertTrue(sights.changedSince(ANN, before));
    assertTrue(pods("list").nothing());

    long then = sights.generation();
    rbac.sink.removeBinding("red", "a");
    assertTrue(sights.changedSince(ANN, then));
  }
}
