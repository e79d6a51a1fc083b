package dev.sallyport.authz.rbac;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.Decision;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleBinding.RoleRef;
import dev.sallyport.authz.RoleSubject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After any history of changes the index says what reading all roles and bindings would say. */
class RbacIndexPropertyTest {

  private static final List<String> NAMESPACES = List.of("", "a", "b");
  private static final List<String> VERBS = List.of("get", "list", "create", "*");
  private static final List<String> GROUPS = List.of("", "apps", "*");
  private static final List<String> RESOURCES =
      List.of("pods", "secrets", "pods/log", "*", "*/log", "pods/*");
  private static final List<String> NAMES = List.of("x", "y");
  private static final List<String> URLS = List.of("/x", "/x/*", "*", "/y/z");
  private static final List<String> PATHS = List.of("/x", "/x/", "/x/1", "/y/z", "/");
  private static final List<RoleSubject> SUBJECTS =
      List.of(
          Rbac.user("u"),
          Rbac.user("v"),
          Rbac.group("g"),
          Rbac.group("h"),
          Rbac.account("", "s"),
          Rbac.account("a", "s"),
          new RoleSubject("group", "", "g"));
  private static final List<UserInfo> USERS =
      List.of(
          UserInfo.of("u", "g"),
          UserInfo.of("v", "h", "g"),
          UserInfo.of("w", "h"),
          UserInfo.of("system:serviceaccount:a:s"),
          UserInfo.of("system:serviceaccount:b:s", "g", "g"));

  static LongStream manySeeds() {
    return LongStream.range(0, 150);
  }

  static LongStream fewSeeds() {
    return LongStream.range(1_000, 1_025);
  }

  @ParameterizedTest
  @MethodSource("manySeeds")
  void agreesWithReadingEverything(long seed) {
    runHistory(new Random(seed), 40, 5);
  }

  /** Enough roles that subjects' scopes are filed by rule. */
  @ParameterizedTest
  @MethodSource("fewSeeds")
  void agreesWhenSubjectsHaveManyRoles(long seed) {
    runHistory(new Random(seed), 400, 60);
  }

  private static void runHistory(Random random, int changes, int roleNames) {
    Rbac rbac = new Rbac();
    NaiveRbac naive = new NaiveRbac();
    for (int i = 0; i < changes; i++) {
      change(random, rbac, naive, roleNames);
      if (i % 8 == 0) {
        compare(random, rbac, naive);
      }
    }
    for (int i = 0; i < 60; i++) {
      compare(random, rbac, naive);
    }
  }

  private static void change(Random random, Rbac rbac, NaiveRbac naive, int roleNames) {
    String namespace = pick(random, NAMESPACES);
    String name = "n" + random.nextInt(roleNames);
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        Role role = new Role(namespace, name, rules(random), false);
        rbac.sink.putRole(role);
        naive.putRole(role);
      }
      case 3 -> {
        rbac.sink.removeRole(namespace, name);
        naive.removeRole(namespace, name);
      }
      case 4 -> {
        rbac.sink.removeBinding(namespace, name);
        naive.removeBinding(namespace, name);
      }
      default -> {
        String kind = random.nextInt(3) == 0 ? RoleRef.ROLE : RoleRef.CLUSTER_ROLE;
        RoleRef role = new RoleRef(kind, "n" + random.nextInt(roleNames));
        RoleBinding binding = new RoleBinding(namespace, name, role, some(random, SUBJECTS, 0, 3));
        rbac.sink.putBinding(binding);
        naive.putBinding(binding);
      }
    }
  }

  private static void compare(Random random, Rbac rbac, NaiveRbac naive) {
    UserInfo user = pick(random, USERS);
    RequestInfo request =
        random.nextInt(5) == 0
            ? RequestInfo.ofPath(pick(random, List.of("get", "list")), pick(random, PATHS))
            : RequestInfo.ofResource(
                pick(random, List.of("get", "list", "create", "delete")),
                pick(random, List.of("", "apps", "batch")),
                "v1",
                pick(random, NAMESPACES),
                pick(random, List.of("pods", "secrets", "nodes")),
                pick(random, List.of("", "log", "exec")),
                pick(random, List.of("", "x", "y", "z")));
    var result = rbac.judge(user, request);
    assertEquals(
        naive.allows(user, request),
        result.decision() == Decision.ALLOW,
        () -> user + " " + request);
    if (result.decision() == Decision.ALLOW) {
      assertEquals(true, naive.mayGiveReason(user, request, result.reason()), result::reason);
    }
    assertEquals(
        sorted(naive.rulesFor(user, request.namespace())),
        sorted(rbac.index.rulesFor(user, request.namespace()).rules()));
  }

  private static List<PolicyRule> sorted(List<PolicyRule> rules) {
    List<PolicyRule> sorted = new ArrayList<>(rules);
    sorted.sort(Comparator.comparing(PolicyRule::toString));
    return sorted;
  }

  private static List<PolicyRule> rules(Random random) {
    List<PolicyRule> rules = new ArrayList<>();
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      rules.add(
          random.nextInt(5) == 0
              ? new PolicyRule(
                  some(random, VERBS, 1, 2),
                  List.of(),
                  List.of(),
                  List.of(),
                  some(random, URLS, 1, 2))
              : new PolicyRule(
                  some(random, VERBS, 1, 2),
                  some(random, GROUPS, 1, 2),
                  some(random, RESOURCES, 1, 2),
                  random.nextInt(3) == 0 ? some(random, NAMES, 1, 2) : List.of(),
                  List.of()));
    }
    return rules;
  }

  private static <T> List<T> some(Random random, List<T> from, int least, int most) {
    List<T> picked = new ArrayList<>();
    int count = least + random.nextInt(most - least + 1);
    for (int i = 0; i < count; i++) {
      picked.add(pick(random, from));
    }
    return picked;
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
