package dev.sallyport.authz.rbac;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Attributes;
import dev.sallyport.api.UserInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A right that stands before and after a change is never missing while the change is made. */
class RbacIndexRaceTest {

  private static final UserInfo PLAIN = UserInfo.of("plain", "g");
  private static final int CHANGES = 3_000;

  private final Rbac rbac = new Rbac();

  @Test
  void aSubjectWithFewRoles() throws Exception {
    watchWhileChanging(2);
  }

  @Test
  void aSubjectWithManyRoles() throws Exception {
    watchWhileChanging(ScopeGrants.FEW + 4);
  }

  private void watchWhileChanging(int otherRoles) throws Exception {
    for (int i = 0; i < otherRoles; i++) {
      rbac.clusterRole("other" + i, Rbac.rule("get", "", "secrets" + i));
      rbac.bindCluster("other" + i, "other" + i, Rbac.user("plain"));
    }
    rbac.clusterRole("view", Rbac.rule("get", "", "pods"));
    rbac.bindCluster("b", "view", Rbac.user("plain"));
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch looking = new CountDownLatch(1);
    Attributes question = new Attributes(PLAIN, Rbac.ask("get", "", "a", "pods"));
    CompletableFuture<Integer> refusals =
        CompletableFuture.supplyAsync(
            () -> {
              int missed = 0;
              while (!ended.get()) {
                missed += rbac.index.find(question) == null ? 1 : 0;
                looking.countDown();
              }
              return missed;
            });
    looking.await();
    for (int i = 0; i < CHANGES; i++) {
      rbac.clusterRole("view", Rbac.rule("get", "", "pods"), Rbac.rule("list", "", "x" + i));
      rbac.bindCluster("b", "view", Rbac.user("u" + i), Rbac.user("plain"));
      rbac.bindCluster("c" + i, "view", Rbac.user("plain"));
      rbac.sink.removeBinding("", "c" + i);
    }
    ended.set(true);
    assertEquals(0, refusals.get());
  }
}
