package dev.sallyport.authz.rbac;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import java.util.Locale;

/**
 * Prints what a decision costs beside so many other bindings; no test, since it asserts nothing.
 * Run it with the number of bindings as its argument.
 */
final class RbacIndexLoad {

  private static final int ROUNDS = 2_000_000;

  private RbacIndexLoad() {}

  public static void main(String[] arguments) {
    int others = Integer.parseInt(arguments[0]);
    Rbac rbac = new Rbac();
    rbac.clusterRole("view", Rbac.rule("get,list,watch", ",apps", "pods,pods/log,secrets"));
    rbac.bindClusterRoleIn("mine", "me", "view", Rbac.user("me"));
    long start = System.nanoTime();
    for (int i = 0; i < others; i++) {
      switch (i % 3) {
        case 0 -> rbac.bindCluster("c" + i, "view", Rbac.user("user" + i));
        case 1 -> rbac.bindClusterRoleIn("ns" + i % 5000, "b" + i, "view", Rbac.group("g" + i));
        default -> rbac.bindClusterRoleIn("mine", "b" + i, "view", Rbac.user("user" + i));
      }
    }
    report("added", others, start);
    start = System.nanoTime();
    rbac.clusterRole("view", Rbac.rule("get,list", "", "pods"));
    report("changed a role bound by all, once", 1, start);
    UserInfo me = UserInfo.of("me", "one", "two", "system:authenticated");
    decide(rbac, me, "mine", ROUNDS / 10, false);
    decide(rbac, me, "mine", ROUNDS, true);
    decide(rbac, me, "elsewhere", ROUNDS, true);
    Rbac wide = new Rbac();
    for (int i = 0; i < 10_000; i++) {
      wide.clusterRole("r" + i, Rbac.named("get", "", "secrets", "s" + i));
    }
    start = System.nanoTime();
    for (int i = 0; i < 10_000; i++) {
      wide.bindCluster("b" + i, "r" + i, Rbac.user("me"));
    }
    report("bound to one user", 10_000, start);
    decide(wide, me, "mine", ROUNDS, true);
  }

  private static void decide(Rbac rbac, UserInfo user, String namespace, int rounds, boolean tell) {
    RequestInfo request = RequestInfo.ofResource("get", "", "v1", namespace, "pods", "", "x");
    RbacAuthorizer authorizer = new RbacAuthorizer(rbac.index);
    int allowed = 0;
    long start = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      var answer = authorizer.authorize(new Attributes(user, request));
      if (((Answer.Now<AuthorizationResult>) answer).value().decision() == Decision.ALLOW) {
        allowed++;
      }
    }
    if (tell) {
      report("decided in " + namespace + " (" + (allowed > 0) + ")", rounds, start);
    }
  }

  private static void report(String what, int count, long start) {
    long nanos = System.nanoTime() - start;
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "%s: %d in %d ms, %d ns each, heap %d MB%n",
        what,
        count,
        nanos / 1_000_000,
        nanos / count,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }
}
